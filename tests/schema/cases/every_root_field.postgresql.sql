-- statements: 1
WITH anon_14 AS 
(SELECT anon_16.value ->> 0 AS kind, CAST(anon_16.value ->> 1 AS INTEGER) AS word, anon_16.value ->> 2 AS first, anon_16.value ->> 3 AS last 
FROM (SELECT position, value FROM json_array_elements(CAST($20::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_16), 
anon_13 AS 
(SELECT anon_14.kind AS kind, anon_14.word AS word, anon_14.first AS first, anon_14.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_14.first AND anon_14.last 
 LIMIT 5000 OFFSET 0) AS anon_15) AS found 
FROM anon_14), 
anon_23 AS 
(SELECT anon_13.word AS word 
FROM anon_13 GROUP BY anon_13.word 
HAVING sum(anon_13.found) < 10), 
anon_21 AS 
(SELECT anon_22.value ->> 0 AS kind, CAST(anon_22.value ->> 1 AS INTEGER) AS word, anon_22.value ->> 2 AS term 
FROM (SELECT position, value FROM json_array_elements(CAST(CASE WHEN (EXISTS (SELECT 1 
FROM anon_23)) THEN $21::VARCHAR ELSE '[]' END AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_22 
WHERE CAST(anon_22.value ->> 1 AS INTEGER) IN (SELECT anon_23.word 
FROM anon_23)), 
words_1 AS 
(SELECT anon_13.kind AS kind, anon_13.word AS word, anon_13.first AS first, anon_13.last AS last, anon_13.found AS found 
FROM anon_13 UNION ALL SELECT 'typo' AS anon_17, anon_18.word AS word, anon_18.term AS term, anon_18.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_18.term AND anon_18.term 
 LIMIT 5000 OFFSET 0) AS anon_20) AS anon_19 
FROM (SELECT anon_21.word AS word, anon_21.term AS term 
FROM anon_21 
WHERE anon_21.kind = 'typo' UNION ALL SELECT anon_21.word AS word, search_pattern_1.term AS term 
FROM anon_21 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_21.term 
WHERE anon_21.kind = 'pattern') AS anon_18 UNION ALL SELECT 'whole typo' AS anon_24, anon_18.word AS word, '~' || anon_18.term AS json_22, '~' || anon_18.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN '~' || anon_18.term AND '~' || anon_18.term 
 LIMIT 5000 OFFSET 0) AS anon_26) AS anon_25 
FROM (SELECT anon_21.word AS word, anon_21.term AS term 
FROM anon_21 
WHERE anon_21.kind = 'typo' UNION ALL SELECT anon_21.word AS word, search_pattern_1.term AS term 
FROM anon_21 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_21.term 
WHERE anon_21.kind = 'pattern') AS anon_18 
WHERE (SELECT max(anon_14.word) AS max_1 
FROM anon_14) = 0), 
anon_11 AS MATERIALIZED 
(SELECT anon_12.score AS score, anon_12.popularity AS popularity, anon_12.node_type AS node_type, anon_12.node_id AS node_id 
FROM (SELECT 4000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_2 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 4000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_12 UNION ALL SELECT anon_27.score AS score, anon_27.popularity AS popularity, anon_27.node_type AS node_type, anon_27.node_id AS node_id 
FROM (SELECT 3000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_3 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 3000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_27 UNION ALL SELECT anon_28.score AS score, anon_28.popularity AS popularity, anon_28.node_type AS node_type, anon_28.node_id AS node_id 
FROM (SELECT 2000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_4 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 2000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_28 UNION ALL SELECT anon_29.score AS score, anon_29.popularity AS popularity, anon_29.node_type AS node_type, anon_29.node_id AS node_id 
FROM (SELECT 1000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_5 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 1000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_29 UNION ALL SELECT anon_30.score AS score, anon_30.popularity AS popularity, anon_30.node_type AS node_type, anon_30.node_id AS node_id 
FROM (SELECT 100 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_6 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 100) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_30 UNION ALL SELECT anon_31.score AS score, anon_31.popularity AS popularity, anon_31.node_type AS node_type, anon_31.node_id AS node_id 
FROM (SELECT 80 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_7 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 80) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_31), 
anon_34 AS 
(SELECT posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id, max(CASE WHEN anon_38.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_38.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_38.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_38.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_38.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_38.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_38.kind = 'typo' THEN 3 WHEN posting.term = anon_38.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_38 JOIN search_posting AS posting ON anon_38.found > 0 AND posting.term BETWEEN anon_38.first AND anon_38.last AND (anon_38.kind <> 'typo' OR posting.field <> 4) 
WHERE (SELECT count(*) AS count_4 
FROM anon_11) < 1 AND anon_38.word + 0 = (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) GROUP BY posting.popularity, posting.node_type, posting.node_id), 
anon_33 AS MATERIALIZED 
(SELECT anon_34.points + CASE WHEN ((SELECT max(words_1.word) AS max_8 
FROM words_1) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(words_1.word) AS max_8 
FROM words_1)) THEN sum(anon_36.points) END AS anon_35 
FROM (SELECT max(CASE WHEN anon_37.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_37.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_37.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_37.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_37.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_37.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_37.kind = 'typo' THEN 3 WHEN posting.term = anon_37.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_37 JOIN search_posting AS posting ON anon_37.found > 0 AND posting.term BETWEEN anon_37.first AND anon_37.last AND (anon_37.kind <> 'typo' OR posting.field <> 4) 
WHERE anon_37.word != (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) AND posting.node_type = anon_34.node_type AND posting.node_id = anon_34.node_id GROUP BY anon_37.word) AS anon_36) END AS score, anon_34.popularity AS popularity, anon_34.node_type AS node_type, anon_34.node_id AS node_id 
FROM anon_34), 
anon_7 AS MATERIALIZED 
(SELECT anon_10.score AS score, anon_10.popularity AS popularity, anon_10.node_type AS node_type, anon_10.node_id AS node_id 
FROM (SELECT anon_11.score AS score, anon_11.popularity AS popularity, anon_11.node_type AS node_type, anon_11.node_id AS node_id 
FROM anon_11 
WHERE (SELECT count(*) AS count_4 
FROM anon_11) >= 1 UNION ALL SELECT anon_32.score AS score, anon_32.popularity AS popularity, anon_32.node_type AS node_type, anon_32.node_id AS node_id 
FROM (SELECT anon_33.score AS score, anon_33.popularity AS popularity, anon_33.node_type AS node_type, anon_33.node_id AS node_id 
FROM anon_33 
WHERE anon_33.score IS NOT NULL) AS anon_32) AS anon_10 ORDER BY anon_10.score DESC, anon_10.popularity DESC, anon_10.node_type DESC, anon_10.node_id DESC 
 LIMIT 1 OFFSET 0)
 SELECT coalesce((SELECT '{"id":"Package:' || package_1.id || '"}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = $1::BIGINT), (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_2 
FROM category AS category_1 
WHERE category_1.id = $2::BIGINT), (SELECT '{"id":"Grid:' || grid_1.id || '"}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = $3::BIGINT), (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_4 
FROM feature AS feature_1 
WHERE feature_1.id = $4::BIGINT), (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_5 
FROM version AS version_1 
WHERE version_1.id = $5::BIGINT), (SELECT '{"id":"Change:' || change_1.id || '"}' AS json_6 
FROM change AS change_1 
WHERE change_1.id = $6::BIGINT), 'null') AS root_0, (SELECT '[' || coalesce(string_agg(anon_1.coalesce_1, ','), '') || ']' AS json_7 
FROM (SELECT coalesce(CASE WHEN ((anon_2.value ->> 0) = $7::VARCHAR) THEN (SELECT '{"id":"Package:' || package_2.id || '"}' AS json_8 
FROM package AS package_2 
WHERE package_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $8::VARCHAR) THEN (SELECT '{"id":"Category:' || category_2.id || '"}' AS json_9 
FROM category AS category_2 
WHERE category_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $9::VARCHAR) THEN (SELECT '{"id":"Grid:' || grid_2.id || '"}' AS json_10 
FROM grid AS grid_2 
WHERE grid_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $10::VARCHAR) THEN (SELECT '{"id":"Feature:' || feature_2.id || '"}' AS json_11 
FROM feature AS feature_2 
WHERE feature_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $11::VARCHAR) THEN (SELECT '{"id":"Version:' || version_2.id || '"}' AS json_12 
FROM version AS version_2 
WHERE version_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $12::VARCHAR) THEN (SELECT '{"id":"Change:' || change_2.id || '"}' AS json_13 
FROM change AS change_2 
WHERE change_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) ELSE 'null' END, 'null') AS coalesce_1 
FROM (SELECT position, value FROM json_array_elements(CAST($13::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_2 ORDER BY anon_2.position) AS anon_1) AS root_1, (SELECT '{"id":"Package:' || package_3.id || '"}' AS json_14 
FROM package AS package_3 
WHERE package_3.id = coalesce((SELECT package_4.id 
FROM package AS package_4 
WHERE package_4.database_id = $14::BIGINT), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'DATABASE_ID' AND alias_1.name = CAST($14::BIGINT AS TEXT)))) AS root_2, (SELECT '{"id":"Category:' || category_3.id || '"}' AS json_15 
FROM category AS category_3 
WHERE category_3.id = coalesce((SELECT category_4.id 
FROM category AS category_4 
WHERE category_4.database_id = $15::BIGINT), (SELECT alias_2.node_id 
FROM alias AS alias_2 
WHERE alias_2.node_type = 'CATEGORY' AND alias_2.kind = 'DATABASE_ID' AND alias_2.name = CAST($15::BIGINT AS TEXT)))) AS root_3, (SELECT '{"id":"Grid:' || grid_3.id || '"}' AS json_16 
FROM grid AS grid_3 
WHERE grid_3.id = coalesce((SELECT grid_4.id 
FROM grid AS grid_4 
WHERE grid_4.database_id = $16::BIGINT), (SELECT alias_3.node_id 
FROM alias AS alias_3 
WHERE alias_3.node_type = 'GRID' AND alias_3.kind = 'DATABASE_ID' AND alias_3.name = CAST($16::BIGINT AS TEXT)))) AS root_4, (WITH page_1 AS 
(SELECT package_5.title_folded AS key_0, package_5.id AS key_1 
FROM package AS package_5 ORDER BY package_5.title_folded ASC, package_5.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_17 
FROM (SELECT '{"id":"Package:' || package_6.id || '"}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_6 ON package_6.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_3) AS root_5, (WITH page_2 AS 
(SELECT category_5.title_folded AS key_0, category_5.id AS key_1 
FROM category AS category_5 ORDER BY category_5.title_folded ASC, category_5.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_18 
FROM (SELECT '{"id":"Category:' || category_6.id || '"}' AS element_1 
FROM page_2 LEFT OUTER JOIN category AS category_6 ON category_6.id = page_2.key_1 ORDER BY page_2.key_0 ASC, page_2.key_1 ASC) AS anon_4) AS root_6, (WITH page_3 AS 
(SELECT grid_5.title_folded AS key_0, grid_5.id AS key_1 
FROM grid AS grid_5 ORDER BY grid_5.title_folded ASC, grid_5.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_19 
FROM (SELECT '{"id":"Grid:' || grid_6.id || '"}' AS element_1 
FROM page_3 LEFT OUTER JOIN grid AS grid_6 ON grid_6.id = page_3.key_1 ORDER BY page_3.key_0 ASC, page_3.key_1 ASC) AS anon_5) AS root_7, (SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_20 
FROM (SELECT coalesce(CASE WHEN (anon_7.node_type = $17::VARCHAR COLLATE "C") THEN (SELECT '{"id":"Package:' || package_7.id || '"}' AS json_21 
FROM package AS package_7 
WHERE package_7.id = anon_7.node_id) WHEN (anon_7.node_type = $18::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_8 
FROM grid AS grid_7 
WHERE grid_7.id = anon_7.node_id) WHEN (anon_7.node_type = $19::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_9 
FROM category AS category_7 
WHERE category_7.id = anon_7.node_id) END, 'null') AS element_1 
FROM anon_7 ORDER BY anon_7.score DESC, anon_7.popularity DESC, anon_7.node_type DESC, anon_7.node_id DESC) AS anon_6) AS root_8;
