-- statements: 1
WITH anon_8 AS 
(SELECT anon_10.value ->> 0 AS kind, CAST(anon_10.value ->> 1 AS INTEGER) AS word, anon_10.value ->> 2 AS first, anon_10.value ->> 3 AS last 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_10), 
anon_7 AS 
(SELECT anon_8.kind AS kind, anon_8.word AS word, anon_8.first AS first, anon_8.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term BETWEEN anon_8.first AND anon_8.last
 LIMIT 5000 OFFSET 0) AS anon_9) AS found 
FROM anon_8 
WHERE (anon_8.kind NOT IN ('typo', 'pattern'))), 
anon_6 AS 
(SELECT anon_7.kind AS kind, anon_7.word AS word, anon_7.first AS first, anon_7.last AS last, anon_7.found AS found 
FROM anon_7 UNION ALL SELECT 'typo' AS anon_11, anon_12.word AS word, anon_12.term AS term, anon_12.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_12.term AND anon_12.term
 LIMIT 5000 OFFSET 0) AS anon_14) AS anon_13 
FROM (SELECT anon_8.word AS word, anon_8.first AS term 
FROM anon_8 
WHERE anon_8.kind = 'typo' AND anon_8.word IN (SELECT anon_7.word 
FROM anon_7 GROUP BY anon_7.word 
HAVING sum(anon_7.found) < 10) UNION ALL SELECT anon_8.word AS word, search_pattern_1.term AS term 
FROM anon_8 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_8.first 
WHERE anon_8.kind = 'pattern' AND anon_8.word IN (SELECT anon_7.word 
FROM anon_7 GROUP BY anon_7.word 
HAVING sum(anon_7.found) < 10)) AS anon_12 UNION ALL SELECT 'whole typo' AS anon_15, anon_12.word AS word, '~' || anon_12.term AS json_7, '~' || anon_12.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN '~' || anon_12.term AND '~' || anon_12.term
 LIMIT 5000 OFFSET 0) AS anon_17) AS anon_16 
FROM (SELECT anon_8.word AS word, anon_8.first AS term 
FROM anon_8 
WHERE anon_8.kind = 'typo' AND anon_8.word IN (SELECT anon_7.word 
FROM anon_7 GROUP BY anon_7.word 
HAVING sum(anon_7.found) < 10) UNION ALL SELECT anon_8.word AS word, search_pattern_1.term AS term 
FROM anon_8 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_8.first 
WHERE anon_8.kind = 'pattern' AND anon_8.word IN (SELECT anon_7.word 
FROM anon_7 GROUP BY anon_7.word 
HAVING sum(anon_7.found) < 10)) AS anon_12 
WHERE (SELECT max(anon_8.word) AS max_2 
FROM anon_8) = 0), 
anon_5 AS 
(SELECT search_posting_5.popularity AS popularity, search_posting_5.node_type AS node_type, search_posting_5.node_id AS node_id, max(CASE WHEN (anon_21.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_21.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_21.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_21.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_21.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_21.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_21.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_21.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_6 AS anon_21 JOIN search_posting AS search_posting_5 ON anon_21.found > 0 AND search_posting_5.term BETWEEN anon_21.first AND anon_21.last AND (anon_21.kind != 'typo' OR search_posting_5.field != 4) 
WHERE anon_21.word + 0 = (SELECT anon_6.word 
FROM anon_6 GROUP BY anon_6.word ORDER BY sum(anon_6.found), anon_6.word
 LIMIT 1 OFFSET 0) AND (? IS NULL OR search_posting_5.node_type IN (SELECT anon_23.value AS anon_22 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_23)) GROUP BY search_posting_5.popularity, search_posting_5.node_type, search_posting_5.node_id), 
anon_4 AS MATERIALIZED 
(SELECT anon_5.points + CASE WHEN ((SELECT max(anon_6.word) AS max_1 
FROM anon_6) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_6.word) AS max_1 
FROM anon_6)) THEN sum(anon_19.points) END AS anon_18 
FROM (SELECT max(CASE WHEN (anon_20.kind = 'typed' AND search_posting_4.field = 1) THEN 4000 WHEN (anon_20.kind = 'letters' AND search_posting_4.field = 1) THEN 3000 WHEN (anon_20.kind = 'typed' AND search_posting_4.field = 2) THEN 2000 WHEN (anon_20.kind = 'letters' AND search_posting_4.field = 2) THEN 1000 WHEN (anon_20.kind = 'whole typo' AND search_posting_4.field = 1) THEN 39 WHEN (anon_20.kind = 'whole typo' AND search_posting_4.field = 2) THEN 36 ELSE CASE WHEN (search_posting_4.field = 1) THEN 10 WHEN (search_posting_4.field = 2) THEN 8 WHEN (search_posting_4.field = 3) THEN 4 WHEN (search_posting_4.field = 4) THEN 2 END * CASE WHEN (anon_20.kind = 'typo') THEN 3 WHEN (search_posting_4.term = anon_20.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_6 AS anon_20 JOIN search_posting AS search_posting_4 ON anon_20.found > 0 AND search_posting_4.term BETWEEN anon_20.first AND anon_20.last AND (anon_20.kind != 'typo' OR search_posting_4.field != 4) 
WHERE anon_20.word != (SELECT anon_6.word 
FROM anon_6 GROUP BY anon_6.word ORDER BY sum(anon_6.found), anon_6.word
 LIMIT 1 OFFSET 0) AND search_posting_4.node_type = anon_5.node_type AND search_posting_4.node_id = anon_5.node_id GROUP BY anon_20.word) AS anon_19) END AS score, anon_5.popularity AS popularity, anon_5.node_type AS node_type, anon_5.node_id AS node_id 
FROM anon_5), 
page_1 AS 
(SELECT anon_3.score AS score, anon_3.popularity AS popularity, anon_3.node_type AS node_type, anon_3.node_id AS node_id, row_number() OVER (ORDER BY anon_3.score DESC, anon_3.popularity DESC, anon_3.node_type DESC, anon_3.node_id DESC) AS rank 
FROM (SELECT anon_4.score AS score, anon_4.popularity AS popularity, anon_4.node_type AS node_type, anon_4.node_id AS node_id 
FROM anon_4 
WHERE anon_4.score IS NOT NULL) AS anon_3 ORDER BY anon_3.score DESC, anon_3.popularity DESC, anon_3.node_type DESC, anon_3.node_id DESC
 LIMIT ? + ? OFFSET ?)
 SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT coalesce(CASE WHEN (page_1.node_type = ?) THEN (SELECT '{"id":"Package:' || package_1.id || '"}' AS json_2 
FROM package AS package_1 
WHERE package_1.id = page_1.node_id) WHEN (page_1.node_type = ?) THEN (SELECT '{"id":"Grid:' || grid_1.id || '","title":' || json_quote(grid_1.title) || ',"features":' || (SELECT '[' || coalesce(group_concat(anon_2.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"title":' || json_quote(feature_1.title) || '}' AS json_5 
FROM feature AS feature_1 
WHERE grid_1.id = feature_1.grid_id ORDER BY feature_1.position, feature_1.id) AS anon_2) || '}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = page_1.node_id) WHEN (page_1.node_type = ?) THEN (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_6 
FROM category AS category_1 
WHERE category_1.id = page_1.node_id) END, 'null') AS value_0, page_1.rank AS rank 
FROM page_1 ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
