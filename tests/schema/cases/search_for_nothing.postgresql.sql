-- statements: 1
WITH anon_5 AS 
(SELECT anon_7.value ->> 0 AS kind, CAST(anon_7.value ->> 1 AS INTEGER) AS word, anon_7.value ->> 2 AS first, anon_7.value ->> 3 AS last 
FROM (SELECT position, value FROM json_array_elements(CAST($1::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_7), 
anon_4 AS 
(SELECT anon_5.kind AS kind, anon_5.word AS word, anon_5.first AS first, anon_5.last AS last, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_5.first AND anon_5.last 
 LIMIT 5000 OFFSET 0) AS anon_6) AS found 
FROM anon_5), 
anon_14 AS 
(SELECT anon_4.word AS word 
FROM anon_4 GROUP BY anon_4.word 
HAVING sum(anon_4.found) < 10), 
anon_12 AS 
(SELECT anon_13.value ->> 0 AS kind, CAST(anon_13.value ->> 1 AS INTEGER) AS word, anon_13.value ->> 2 AS term 
FROM (SELECT position, value FROM json_array_elements(CAST(CASE WHEN (EXISTS (SELECT 1 
FROM anon_14)) THEN $2::VARCHAR ELSE '[]' END AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_13 
WHERE CAST(anon_13.value ->> 1 AS INTEGER) IN (SELECT anon_14.word 
FROM anon_14)), 
words_1 AS 
(SELECT anon_4.kind AS kind, anon_4.word AS word, anon_4.first AS first, anon_4.last AS last, anon_4.found AS found 
FROM anon_4 UNION ALL SELECT 'typo' AS anon_8, anon_9.word AS word, anon_9.term AS term, anon_9.term AS term__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_9.term AND anon_9.term 
 LIMIT 5000 OFFSET 0) AS anon_11) AS anon_10 
FROM (SELECT anon_12.word AS word, anon_12.term AS term 
FROM anon_12 
WHERE anon_12.kind = 'typo' UNION ALL SELECT anon_12.word AS word, search_pattern_1.term AS term 
FROM anon_12 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_12.term 
WHERE anon_12.kind = 'pattern') AS anon_9 UNION ALL SELECT 'whole typo' AS anon_15, anon_9.word AS word, '~' || anon_9.term AS json_2, '~' || anon_9.term AS json__1, (SELECT count(*) AS count_4 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN '~' || anon_9.term AND '~' || anon_9.term 
 LIMIT 5000 OFFSET 0) AS anon_17) AS anon_16 
FROM (SELECT anon_12.word AS word, anon_12.term AS term 
FROM anon_12 
WHERE anon_12.kind = 'typo' UNION ALL SELECT anon_12.word AS word, search_pattern_1.term AS term 
FROM anon_12 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_12.term 
WHERE anon_12.kind = 'pattern') AS anon_9 
WHERE (SELECT max(anon_5.word) AS max_2 
FROM anon_5) = 0), 
anon_3 AS 
(SELECT posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id, max(CASE WHEN anon_21.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_21.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_21.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_21.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_21.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_21.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_21.kind = 'typo' THEN 3 WHEN posting.term = anon_21.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_21 JOIN search_posting AS posting ON anon_21.found > 0 AND posting.term BETWEEN anon_21.first AND anon_21.last AND (anon_21.kind <> 'typo' OR posting.field <> 4) 
WHERE anon_21.word + 0 = (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) GROUP BY posting.popularity, posting.node_type, posting.node_id), 
anon_2 AS MATERIALIZED 
(SELECT anon_3.points + CASE WHEN ((SELECT max(words_1.word) AS max_1 
FROM words_1) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(words_1.word) AS max_1 
FROM words_1)) THEN sum(anon_19.points) END AS anon_18 
FROM (SELECT max(CASE WHEN anon_20.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_20.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_20.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_20.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_20.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_20.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_20.kind = 'typo' THEN 3 WHEN posting.term = anon_20.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_20 JOIN search_posting AS posting ON anon_20.found > 0 AND posting.term BETWEEN anon_20.first AND anon_20.last AND (anon_20.kind <> 'typo' OR posting.field <> 4) 
WHERE anon_20.word != (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) AND posting.node_type = anon_3.node_type AND posting.node_id = anon_3.node_id GROUP BY anon_20.word) AS anon_19) END AS score, anon_3.popularity AS popularity, anon_3.node_type AS node_type, anon_3.node_id AS node_id 
FROM anon_3), 
anon_28 AS MATERIALIZED 
(SELECT anon_29.score AS score, anon_29.popularity AS popularity, anon_29.node_type AS node_type, anon_29.node_id AS node_id 
FROM (SELECT 4000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_3 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 4000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 20 OFFSET 0) AS anon_29 UNION ALL SELECT anon_30.score AS score, anon_30.popularity AS popularity, anon_30.node_type AS node_type, anon_30.node_id AS node_id 
FROM (SELECT 3000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_4 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 3000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 20 OFFSET 0) AS anon_30 UNION ALL SELECT anon_31.score AS score, anon_31.popularity AS popularity, anon_31.node_type AS node_type, anon_31.node_id AS node_id 
FROM (SELECT 2000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_5 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 2000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 20 OFFSET 0) AS anon_31 UNION ALL SELECT anon_32.score AS score, anon_32.popularity AS popularity, anon_32.node_type AS node_type, anon_32.node_id AS node_id 
FROM (SELECT 1000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_6 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 1000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 20 OFFSET 0) AS anon_32 UNION ALL SELECT anon_33.score AS score, anon_33.popularity AS popularity, anon_33.node_type AS node_type, anon_33.node_id AS node_id 
FROM (SELECT 100 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_7 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 100) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 20 OFFSET 0) AS anon_33 UNION ALL SELECT anon_34.score AS score, anon_34.popularity AS popularity, anon_34.node_type AS node_type, anon_34.node_id AS node_id 
FROM (SELECT 80 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_8 
FROM words_1) = 0 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 80) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 20 OFFSET 0) AS anon_34), 
anon_37 AS 
(SELECT posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id, max(CASE WHEN anon_41.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_41.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_41.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_41.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_41.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_41.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_41.kind = 'typo' THEN 3 WHEN posting.term = anon_41.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_41 JOIN search_posting AS posting ON anon_41.found > 0 AND posting.term BETWEEN anon_41.first AND anon_41.last AND (anon_41.kind <> 'typo' OR posting.field <> 4) 
WHERE (SELECT count(*) AS count_5 
FROM anon_28) < 20 AND anon_41.word + 0 = (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) GROUP BY posting.popularity, posting.node_type, posting.node_id), 
anon_36 AS MATERIALIZED 
(SELECT anon_37.points + CASE WHEN ((SELECT max(words_1.word) AS max_9 
FROM words_1) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(words_1.word) AS max_9 
FROM words_1)) THEN sum(anon_39.points) END AS anon_38 
FROM (SELECT max(CASE WHEN anon_40.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_40.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_40.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_40.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_40.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_40.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_40.kind = 'typo' THEN 3 WHEN posting.term = anon_40.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_40 JOIN search_posting AS posting ON anon_40.found > 0 AND posting.term BETWEEN anon_40.first AND anon_40.last AND (anon_40.kind <> 'typo' OR posting.field <> 4) 
WHERE anon_40.word != (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) AND posting.node_type = anon_37.node_type AND posting.node_id = anon_37.node_id GROUP BY anon_40.word) AS anon_39) END AS score, anon_37.popularity AS popularity, anon_37.node_type AS node_type, anon_37.node_id AS node_id 
FROM anon_37), 
anon_23 AS MATERIALIZED 
(SELECT anon_27.score AS score, anon_27.popularity AS popularity, anon_27.node_type AS node_type, anon_27.node_id AS node_id 
FROM (SELECT anon_28.score AS score, anon_28.popularity AS popularity, anon_28.node_type AS node_type, anon_28.node_id AS node_id 
FROM anon_28 
WHERE (SELECT count(*) AS count_5 
FROM anon_28) >= 20 UNION ALL SELECT anon_35.score AS score, anon_35.popularity AS popularity, anon_35.node_type AS node_type, anon_35.node_id AS node_id 
FROM (SELECT anon_36.score AS score, anon_36.popularity AS popularity, anon_36.node_type AS node_type, anon_36.node_id AS node_id 
FROM anon_36 
WHERE anon_36.score IS NOT NULL) AS anon_35) AS anon_27 ORDER BY anon_27.score DESC, anon_27.popularity DESC, anon_27.node_type DESC, anon_27.node_id DESC 
 LIMIT 20 OFFSET 0)
 SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM (SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM anon_2 
WHERE anon_2.score IS NOT NULL) AS anon_1) AS TEXT), 'null') || ',"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT coalesce(CASE WHEN (anon_23.node_type = $3::VARCHAR COLLATE "C") THEN (SELECT '{"__typename":"Package"}' AS anon_24 
FROM package AS package_1 
WHERE package_1.id = anon_23.node_id) WHEN (anon_23.node_type = $4::VARCHAR COLLATE "C") THEN (SELECT '{"__typename":"Grid"}' AS anon_25 
FROM grid AS grid_1 
WHERE grid_1.id = anon_23.node_id) WHEN (anon_23.node_type = $5::VARCHAR COLLATE "C") THEN (SELECT '{"__typename":"Category"}' AS anon_26 
FROM category AS category_1 
WHERE category_1.id = anon_23.node_id) END, 'null') AS element_1 
FROM anon_23 ORDER BY anon_23.score DESC, anon_23.popularity DESC, anon_23.node_type DESC, anon_23.node_id DESC) AS anon_22) AS root_0;
