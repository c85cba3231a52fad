-- statements: 1
WITH anon_6 AS 
(SELECT anon_8.value ->> 0 AS kind, CAST(anon_8.value ->> 1 AS INTEGER) AS word, anon_8.value ->> 2 AS first, anon_8.value ->> 3 AS last 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_8), 
anon_5 AS 
(SELECT anon_6.kind AS kind, anon_6.word AS word, anon_6.first AS first, anon_6.last AS last, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term BETWEEN anon_6.first AND anon_6.last
 LIMIT 5000 OFFSET 0) AS anon_7) AS found 
FROM anon_6 
WHERE (anon_6.kind NOT IN ('typo', 'pattern'))), 
anon_4 AS 
(SELECT anon_5.kind AS kind, anon_5.word AS word, anon_5.first AS first, anon_5.last AS last, anon_5.found AS found 
FROM anon_5 UNION ALL SELECT 'typo' AS anon_9, anon_10.word AS word, anon_10.term AS term, anon_10.term AS term__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_10.term AND anon_10.term
 LIMIT 5000 OFFSET 0) AS anon_12) AS anon_11 
FROM (SELECT anon_6.word AS word, anon_6.first AS term 
FROM anon_6 
WHERE anon_6.kind = 'typo' AND anon_6.word IN (SELECT anon_5.word 
FROM anon_5 GROUP BY anon_5.word 
HAVING sum(anon_5.found) < 10) UNION ALL SELECT anon_6.word AS word, search_pattern_1.term AS term 
FROM anon_6 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_6.first 
WHERE anon_6.kind = 'pattern' AND anon_6.word IN (SELECT anon_5.word 
FROM anon_5 GROUP BY anon_5.word 
HAVING sum(anon_5.found) < 10)) AS anon_10 UNION ALL SELECT 'whole typo' AS anon_13, anon_10.word AS word, '~' || anon_10.term AS json_2, '~' || anon_10.term AS json__1, (SELECT count(*) AS count_4 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN '~' || anon_10.term AND '~' || anon_10.term
 LIMIT 5000 OFFSET 0) AS anon_15) AS anon_14 
FROM (SELECT anon_6.word AS word, anon_6.first AS term 
FROM anon_6 
WHERE anon_6.kind = 'typo' AND anon_6.word IN (SELECT anon_5.word 
FROM anon_5 GROUP BY anon_5.word 
HAVING sum(anon_5.found) < 10) UNION ALL SELECT anon_6.word AS word, search_pattern_1.term AS term 
FROM anon_6 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_6.first 
WHERE anon_6.kind = 'pattern' AND anon_6.word IN (SELECT anon_5.word 
FROM anon_5 GROUP BY anon_5.word 
HAVING sum(anon_5.found) < 10)) AS anon_10 
WHERE (SELECT max(anon_6.word) AS max_2 
FROM anon_6) = 0), 
anon_3 AS 
(SELECT search_posting_5.popularity AS popularity, search_posting_5.node_type AS node_type, search_posting_5.node_id AS node_id, max(CASE WHEN (anon_19.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_19.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_19.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_19.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_19.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_19.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_19.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_19.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_4 AS anon_19 JOIN search_posting AS search_posting_5 ON anon_19.found > 0 AND search_posting_5.term BETWEEN anon_19.first AND anon_19.last AND (anon_19.kind != 'typo' OR search_posting_5.field != 4) 
WHERE anon_19.word + 0 = (SELECT anon_4.word 
FROM anon_4 GROUP BY anon_4.word ORDER BY sum(anon_4.found), anon_4.word
 LIMIT 1 OFFSET 0) AND (? IS NULL OR search_posting_5.node_type IN (SELECT anon_21.value AS anon_20 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_21)) GROUP BY search_posting_5.popularity, search_posting_5.node_type, search_posting_5.node_id), 
anon_2 AS MATERIALIZED 
(SELECT anon_3.points + CASE WHEN ((SELECT max(anon_4.word) AS max_1 
FROM anon_4) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_4.word) AS max_1 
FROM anon_4)) THEN sum(anon_17.points) END AS anon_16 
FROM (SELECT max(CASE WHEN (anon_18.kind = 'typed' AND search_posting_4.field = 1) THEN 4000 WHEN (anon_18.kind = 'letters' AND search_posting_4.field = 1) THEN 3000 WHEN (anon_18.kind = 'typed' AND search_posting_4.field = 2) THEN 2000 WHEN (anon_18.kind = 'letters' AND search_posting_4.field = 2) THEN 1000 WHEN (anon_18.kind = 'whole typo' AND search_posting_4.field = 1) THEN 39 WHEN (anon_18.kind = 'whole typo' AND search_posting_4.field = 2) THEN 36 ELSE CASE WHEN (search_posting_4.field = 1) THEN 10 WHEN (search_posting_4.field = 2) THEN 8 WHEN (search_posting_4.field = 3) THEN 4 WHEN (search_posting_4.field = 4) THEN 2 END * CASE WHEN (anon_18.kind = 'typo') THEN 3 WHEN (search_posting_4.term = anon_18.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_4 AS anon_18 JOIN search_posting AS search_posting_4 ON anon_18.found > 0 AND search_posting_4.term BETWEEN anon_18.first AND anon_18.last AND (anon_18.kind != 'typo' OR search_posting_4.field != 4) 
WHERE anon_18.word != (SELECT anon_4.word 
FROM anon_4 GROUP BY anon_4.word ORDER BY sum(anon_4.found), anon_4.word
 LIMIT 1 OFFSET 0) AND search_posting_4.node_type = anon_3.node_type AND search_posting_4.node_id = anon_3.node_id GROUP BY anon_18.word) AS anon_17) END AS score, anon_3.popularity AS popularity, anon_3.node_type AS node_type, anon_3.node_id AS node_id 
FROM anon_3), 
page_1 AS 
(SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id, row_number() OVER (ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC) AS rank 
FROM (SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM anon_2 
WHERE anon_2.score IS NOT NULL) AS anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC
 LIMIT ? + ? OFFSET ?)
 SELECT (SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM (SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM anon_2 
WHERE anon_2.score IS NOT NULL) AS anon_1)) || ',"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT coalesce(CASE WHEN (page_1.node_type = ?) THEN (SELECT '{"__typename":"Package","slug":' || json_quote(package_1.slug) || ',"title":' || json_quote(package_1.title) || '}' AS json_3 
FROM package AS package_1 
WHERE package_1.id = page_1.node_id) WHEN (page_1.node_type = ?) THEN (SELECT '{"__typename":"Grid","slug":' || json_quote(grid_1.slug) || ',"title":' || json_quote(grid_1.title) || '}' AS json_4 
FROM grid AS grid_1 
WHERE grid_1.id = page_1.node_id) WHEN (page_1.node_type = ?) THEN (SELECT '{"__typename":"Category","slug":' || json_quote(category_1.slug) || ',"title":' || json_quote(category_1.title) || '}' AS json_5 
FROM category AS category_1 
WHERE category_1.id = page_1.node_id) END, 'null') AS value_0, page_1.rank AS rank 
FROM page_1 ORDER BY page_1.rank ASC) AS anon_22) AS root_0;
