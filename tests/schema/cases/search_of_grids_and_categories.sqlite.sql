-- statements: 1
WITH anon_8 AS 
(SELECT anon_10.value ->> 0 AS kind, CAST(anon_10.value ->> 1 AS INTEGER) AS word, anon_10.value ->> 2 AS first, anon_10.value ->> 3 AS last 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_10), 
anon_7 AS 
(SELECT anon_8.kind AS kind, anon_8.word AS word, anon_8.first AS first, anon_8.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_8.first AND anon_8.last
 LIMIT 5000 OFFSET 0) AS anon_9) AS found 
FROM anon_8), 
anon_17 AS 
(SELECT anon_7.word AS word 
FROM anon_7 GROUP BY anon_7.word 
HAVING sum(anon_7.found) < 10), 
anon_15 AS 
(SELECT anon_16.value ->> 0 AS kind, CAST(anon_16.value ->> 1 AS INTEGER) AS word, anon_16.value ->> 2 AS term 
FROM (SELECT key AS position, value FROM json_each(CASE WHEN (EXISTS (SELECT 1 
FROM anon_17)) THEN ? ELSE '[]' END)) AS anon_16 
WHERE CAST(anon_16.value ->> 1 AS INTEGER) IN (SELECT anon_17.word 
FROM anon_17)), 
words_1 AS 
(SELECT anon_7.kind AS kind, anon_7.word AS word, anon_7.first AS first, anon_7.last AS last, anon_7.found AS found 
FROM anon_7 UNION ALL SELECT 'typo' AS anon_11, anon_12.word AS word, anon_12.term AS term, anon_12.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_12.term AND anon_12.term
 LIMIT 5000 OFFSET 0) AS anon_14) AS anon_13 
FROM (SELECT anon_15.word AS word, anon_15.term AS term 
FROM anon_15 
WHERE anon_15.kind = 'typo' UNION ALL SELECT anon_15.word AS word, search_pattern_1.term AS term 
FROM anon_15 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_15.term 
WHERE anon_15.kind = 'pattern') AS anon_12 UNION ALL SELECT 'whole typo' AS anon_18, anon_12.word AS word, '~' || anon_12.term AS json_7, '~' || anon_12.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN '~' || anon_12.term AND '~' || anon_12.term
 LIMIT 5000 OFFSET 0) AS anon_20) AS anon_19 
FROM (SELECT anon_15.word AS word, anon_15.term AS term 
FROM anon_15 
WHERE anon_15.kind = 'typo' UNION ALL SELECT anon_15.word AS word, search_pattern_1.term AS term 
FROM anon_15 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_15.term 
WHERE anon_15.kind = 'pattern') AS anon_12 
WHERE (SELECT max(anon_8.word) AS max_1 
FROM anon_8) = 0), 
anon_5 AS MATERIALIZED 
(SELECT anon_6.score AS score, anon_6.popularity AS popularity, anon_6.node_type AS node_type, anon_6.node_id AS node_id 
FROM (SELECT 4000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_2 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND (posting.node_type IN (SELECT value FROM json_each(?))) AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 4000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_6 UNION ALL SELECT anon_21.score AS score, anon_21.popularity AS popularity, anon_21.node_type AS node_type, anon_21.node_id AS node_id 
FROM (SELECT 3000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_3 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND (posting.node_type IN (SELECT value FROM json_each(?))) AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 3000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_21 UNION ALL SELECT anon_22.score AS score, anon_22.popularity AS popularity, anon_22.node_type AS node_type, anon_22.node_id AS node_id 
FROM (SELECT 2000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_4 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND (posting.node_type IN (SELECT value FROM json_each(?))) AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 2000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_22 UNION ALL SELECT anon_23.score AS score, anon_23.popularity AS popularity, anon_23.node_type AS node_type, anon_23.node_id AS node_id 
FROM (SELECT 1000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_5 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND (posting.node_type IN (SELECT value FROM json_each(?))) AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 1000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_23 UNION ALL SELECT anon_24.score AS score, anon_24.popularity AS popularity, anon_24.node_type AS node_type, anon_24.node_id AS node_id 
FROM (SELECT 100 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_6 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND (posting.node_type IN (SELECT value FROM json_each(?))) AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 100) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_24 UNION ALL SELECT anon_25.score AS score, anon_25.popularity AS popularity, anon_25.node_type AS node_type, anon_25.node_id AS node_id 
FROM (SELECT 80 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_7 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND (posting.node_type IN (SELECT value FROM json_each(?))) AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 80) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_25), 
anon_28 AS 
(SELECT posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id, max(CASE WHEN anon_32.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_32.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_32.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_32.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_32.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_32.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_32.kind = 'typo' THEN 3 WHEN posting.term = anon_32.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_32 JOIN search_posting AS posting ON anon_32.found > 0 AND posting.term BETWEEN anon_32.first AND anon_32.last AND (anon_32.kind <> 'typo' OR posting.field <> 4) = 1 
WHERE (SELECT count(*) AS count_4 
FROM anon_5) < 20 AND anon_32.word + 0 = (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word
 LIMIT 1 OFFSET 0) AND (posting.node_type IN (SELECT value FROM json_each(?))) GROUP BY posting.popularity, posting.node_type, posting.node_id), 
anon_27 AS MATERIALIZED 
(SELECT anon_28.points + CASE WHEN ((SELECT max(words_1.word) AS max_8 
FROM words_1) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(words_1.word) AS max_8 
FROM words_1)) THEN sum(anon_30.points) END AS anon_29 
FROM (SELECT max(CASE WHEN anon_31.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_31.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_31.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_31.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_31.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_31.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_31.kind = 'typo' THEN 3 WHEN posting.term = anon_31.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_31 JOIN search_posting AS posting ON anon_31.found > 0 AND posting.term BETWEEN anon_31.first AND anon_31.last AND (anon_31.kind <> 'typo' OR posting.field <> 4) = 1 
WHERE anon_31.word != (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word
 LIMIT 1 OFFSET 0) AND posting.node_type = anon_28.node_type AND posting.node_id = anon_28.node_id GROUP BY anon_31.word) AS anon_30) END AS score, anon_28.popularity AS popularity, anon_28.node_type AS node_type, anon_28.node_id AS node_id 
FROM anon_28), 
anon_2 AS MATERIALIZED 
(SELECT anon_4.score AS score, anon_4.popularity AS popularity, anon_4.node_type AS node_type, anon_4.node_id AS node_id 
FROM (SELECT anon_5.score AS score, anon_5.popularity AS popularity, anon_5.node_type AS node_type, anon_5.node_id AS node_id 
FROM anon_5 
WHERE (SELECT count(*) AS count_4 
FROM anon_5) >= 20 UNION ALL SELECT anon_26.score AS score, anon_26.popularity AS popularity, anon_26.node_type AS node_type, anon_26.node_id AS node_id 
FROM (SELECT anon_27.score AS score, anon_27.popularity AS popularity, anon_27.node_type AS node_type, anon_27.node_id AS node_id 
FROM anon_27 
WHERE anon_27.score IS NOT NULL) AS anon_26) AS anon_4 ORDER BY anon_4.score DESC, anon_4.popularity DESC, anon_4.node_type DESC, anon_4.node_id DESC
 LIMIT 20 OFFSET 0)
 SELECT (SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT coalesce(CASE WHEN (anon_2.node_type = ?) THEN (SELECT '{"id":"Package:' || package_1.id || '"}' AS json_2 
FROM package AS package_1 
WHERE package_1.id = anon_2.node_id) WHEN (anon_2.node_type = ?) THEN (SELECT '{"id":"Grid:' || grid_1.id || '","title":' || json_quote(grid_1.title) || ',"features":' || (SELECT '[' || coalesce(group_concat(anon_3.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"title":' || json_quote(feature_1.title) || '}' AS json_5 
FROM feature AS feature_1 
WHERE grid_1.id = feature_1.grid_id ORDER BY feature_1.position, feature_1.id) AS anon_3) || '}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = anon_2.node_id) WHEN (anon_2.node_type = ?) THEN (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_6 
FROM category AS category_1 
WHERE category_1.id = anon_2.node_id) END, 'null') AS element_1 
FROM anon_2) AS anon_1) AS root_0;
