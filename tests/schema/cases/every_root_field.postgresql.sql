-- statements: 1
WITH anon_14 AS 
(SELECT anon_16.value ->> 0 AS kind, CAST(anon_16.value ->> 1 AS INTEGER) AS word, anon_16.value ->> 2 AS first, anon_16.value ->> 3 AS last 
FROM (SELECT position, value FROM json_array_elements(CAST($25::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_16), 
anon_13 AS 
(SELECT anon_14.kind AS kind, anon_14.word AS word, anon_14.first AS first, anon_14.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term BETWEEN anon_14.first AND anon_14.last 
 LIMIT 5000 OFFSET 0) AS anon_15) AS found 
FROM anon_14 
WHERE (anon_14.kind NOT IN ('typo', 'pattern'))), 
anon_12 AS 
(SELECT anon_13.kind AS kind, anon_13.word AS word, anon_13.first AS first, anon_13.last AS last, anon_13.found AS found 
FROM anon_13 UNION ALL SELECT 'typo' AS anon_17, anon_18.word AS word, anon_18.term AS term, anon_18.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_18.term AND anon_18.term 
 LIMIT 5000 OFFSET 0) AS anon_20) AS anon_19 
FROM (SELECT anon_14.word AS word, anon_14.first AS term 
FROM anon_14 
WHERE anon_14.kind = 'typo' AND anon_14.word IN (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word 
HAVING sum(anon_13.found) < 10) UNION ALL SELECT anon_14.word AS word, search_pattern_1.term AS term 
FROM anon_14 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_14.first 
WHERE anon_14.kind = 'pattern' AND anon_14.word IN (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word 
HAVING sum(anon_13.found) < 10)) AS anon_18 UNION ALL SELECT 'whole typo' AS anon_21, anon_18.word AS word, '~' || anon_18.term AS json_20, '~' || anon_18.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN '~' || anon_18.term AND '~' || anon_18.term 
 LIMIT 5000 OFFSET 0) AS anon_23) AS anon_22 
FROM (SELECT anon_14.word AS word, anon_14.first AS term 
FROM anon_14 
WHERE anon_14.kind = 'typo' AND anon_14.word IN (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word 
HAVING sum(anon_13.found) < 10) UNION ALL SELECT anon_14.word AS word, search_pattern_1.term AS term 
FROM anon_14 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_14.first 
WHERE anon_14.kind = 'pattern' AND anon_14.word IN (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word 
HAVING sum(anon_13.found) < 10)) AS anon_18 
WHERE (SELECT max(anon_14.word) AS max_2 
FROM anon_14) = 0), 
anon_11 AS 
(SELECT search_posting_5.popularity AS popularity, search_posting_5.node_type AS node_type, search_posting_5.node_id AS node_id, max(CASE WHEN (anon_27.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_27.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_27.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_27.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_27.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_27.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_27.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_27.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_12 AS anon_27 JOIN search_posting AS search_posting_5 ON anon_27.found > 0 AND search_posting_5.term BETWEEN anon_27.first AND anon_27.last AND (anon_27.kind != 'typo' OR search_posting_5.field != 4) 
WHERE anon_27.word + 0 = (SELECT anon_12.word 
FROM anon_12 GROUP BY anon_12.word ORDER BY sum(anon_12.found), anon_12.word 
 LIMIT 1 OFFSET 0) AND ($26::VARCHAR IS NULL OR search_posting_5.node_type IN (SELECT (anon_29.value #>> '{}') AS anon_28 
FROM (SELECT position, value FROM json_array_elements(CAST($26::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_29)) GROUP BY search_posting_5.popularity, search_posting_5.node_type, search_posting_5.node_id), 
anon_10 AS MATERIALIZED 
(SELECT anon_11.points + CASE WHEN ((SELECT max(anon_12.word) AS max_1 
FROM anon_12) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_12.word) AS max_1 
FROM anon_12)) THEN sum(anon_25.points) END AS anon_24 
FROM (SELECT max(CASE WHEN (anon_26.kind = 'typed' AND search_posting_4.field = 1) THEN 4000 WHEN (anon_26.kind = 'letters' AND search_posting_4.field = 1) THEN 3000 WHEN (anon_26.kind = 'typed' AND search_posting_4.field = 2) THEN 2000 WHEN (anon_26.kind = 'letters' AND search_posting_4.field = 2) THEN 1000 WHEN (anon_26.kind = 'whole typo' AND search_posting_4.field = 1) THEN 39 WHEN (anon_26.kind = 'whole typo' AND search_posting_4.field = 2) THEN 36 ELSE CASE WHEN (search_posting_4.field = 1) THEN 10 WHEN (search_posting_4.field = 2) THEN 8 WHEN (search_posting_4.field = 3) THEN 4 WHEN (search_posting_4.field = 4) THEN 2 END * CASE WHEN (anon_26.kind = 'typo') THEN 3 WHEN (search_posting_4.term = anon_26.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_12 AS anon_26 JOIN search_posting AS search_posting_4 ON anon_26.found > 0 AND search_posting_4.term BETWEEN anon_26.first AND anon_26.last AND (anon_26.kind != 'typo' OR search_posting_4.field != 4) 
WHERE anon_26.word != (SELECT anon_12.word 
FROM anon_12 GROUP BY anon_12.word ORDER BY sum(anon_12.found), anon_12.word 
 LIMIT 1 OFFSET 0) AND search_posting_4.node_type = anon_11.node_type AND search_posting_4.node_id = anon_11.node_id GROUP BY anon_26.word) AS anon_25) END AS score, anon_11.popularity AS popularity, anon_11.node_type AS node_type, anon_11.node_id AS node_id 
FROM anon_11), 
page_4 AS 
(SELECT anon_9.score AS score, anon_9.popularity AS popularity, anon_9.node_type AS node_type, anon_9.node_id AS node_id, row_number() OVER (ORDER BY anon_9.score DESC, anon_9.popularity DESC, anon_9.node_type DESC, anon_9.node_id DESC) AS rank 
FROM (SELECT anon_10.score AS score, anon_10.popularity AS popularity, anon_10.node_type AS node_type, anon_10.node_id AS node_id 
FROM anon_10 
WHERE anon_10.score IS NOT NULL) AS anon_9 ORDER BY anon_9.score DESC, anon_9.popularity DESC, anon_9.node_type DESC, anon_9.node_id DESC 
 LIMIT $21::BIGINT + $27::BIGINT)
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
WHERE version_1.id = $5::BIGINT), 'null') AS root_0, (SELECT '[' || coalesce(string_agg(anon_1.coalesce_1, ','), '') || ']' AS json_6 
FROM (SELECT coalesce(CASE WHEN ((anon_2.value ->> 0) = $6::VARCHAR) THEN (SELECT '{"id":"Package:' || package_2.id || '"}' AS json_7 
FROM package AS package_2 
WHERE package_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $7::VARCHAR) THEN (SELECT '{"id":"Category:' || category_2.id || '"}' AS json_8 
FROM category AS category_2 
WHERE category_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $8::VARCHAR) THEN (SELECT '{"id":"Grid:' || grid_2.id || '"}' AS json_9 
FROM grid AS grid_2 
WHERE grid_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $9::VARCHAR) THEN (SELECT '{"id":"Feature:' || feature_2.id || '"}' AS json_10 
FROM feature AS feature_2 
WHERE feature_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $10::VARCHAR) THEN (SELECT '{"id":"Version:' || version_2.id || '"}' AS json_11 
FROM version AS version_2 
WHERE version_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) ELSE 'null' END, 'null') AS coalesce_1 
FROM (SELECT position, value FROM json_array_elements(CAST($11::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_2 ORDER BY anon_2.position) AS anon_1) AS root_1, (SELECT '{"id":"Package:' || package_3.id || '"}' AS json_12 
FROM package AS package_3 
WHERE package_3.database_id = $12::BIGINT) AS root_2, (SELECT '{"id":"Category:' || category_3.id || '"}' AS json_13 
FROM category AS category_3 
WHERE category_3.database_id = $13::BIGINT) AS root_3, (SELECT '{"id":"Grid:' || grid_3.id || '"}' AS json_14 
FROM grid AS grid_3 
WHERE grid_3.database_id = $14::BIGINT) AS root_4, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $15::BIGINT), '') || ']}' AS json_15 
FROM (SELECT '{"id":"Package:' || package_5.id || '"}' AS value_0, page_1.rank AS rank 
FROM (SELECT package_4.title_folded AS key_0, package_4.id AS key_1, row_number() OVER (ORDER BY package_4.title_folded ASC, package_4.id ASC) AS rank 
FROM package AS package_4 ORDER BY package_4.title_folded ASC, package_4.id ASC 
 LIMIT $15::BIGINT + $16::BIGINT) AS page_1 LEFT OUTER JOIN package AS package_5 ON package_5.id = page_1.key_1 AND page_1.rank <= $15::BIGINT ORDER BY page_1.rank ASC) AS anon_3) AS root_5, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $17::BIGINT), '') || ']}' AS json_16 
FROM (SELECT '{"id":"Category:' || category_5.id || '"}' AS value_0, page_2.rank AS rank 
FROM (SELECT category_4.title_folded AS key_0, category_4.id AS key_1, row_number() OVER (ORDER BY category_4.title_folded ASC, category_4.id ASC) AS rank 
FROM category AS category_4 ORDER BY category_4.title_folded ASC, category_4.id ASC 
 LIMIT $17::BIGINT + $18::BIGINT) AS page_2 LEFT OUTER JOIN category AS category_5 ON category_5.id = page_2.key_1 AND page_2.rank <= $17::BIGINT ORDER BY page_2.rank ASC) AS anon_4) AS root_6, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $19::BIGINT), '') || ']}' AS json_17 
FROM (SELECT '{"id":"Grid:' || grid_5.id || '"}' AS value_0, page_3.rank AS rank 
FROM (SELECT grid_4.title_folded AS key_0, grid_4.id AS key_1, row_number() OVER (ORDER BY grid_4.title_folded ASC, grid_4.id ASC) AS rank 
FROM grid AS grid_4 ORDER BY grid_4.title_folded ASC, grid_4.id ASC 
 LIMIT $19::BIGINT + $20::BIGINT) AS page_3 LEFT OUTER JOIN grid AS grid_5 ON grid_5.id = page_3.key_1 AND page_3.rank <= $19::BIGINT ORDER BY page_3.rank ASC) AS anon_5) AS root_7, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $21::BIGINT), '') || ']}' AS json_18 
FROM (SELECT coalesce(CASE WHEN (page_4.node_type = $22::VARCHAR COLLATE "C") THEN (SELECT '{"id":"Package:' || package_6.id || '"}' AS json_19 
FROM package AS package_6 
WHERE package_6.id = page_4.node_id) WHEN (page_4.node_type = $23::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_7 
FROM grid AS grid_6 
WHERE grid_6.id = page_4.node_id) WHEN (page_4.node_type = $24::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_8 
FROM category AS category_6 
WHERE category_6.id = page_4.node_id) END, 'null') AS value_0, page_4.rank AS rank 
FROM page_4 ORDER BY page_4.rank ASC) AS anon_6) AS root_8;
