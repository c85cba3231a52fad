-- statements: 1
WITH anon_9 AS 
(SELECT anon_11.value ->> 0 AS kind, CAST(anon_11.value ->> 1 AS INTEGER) AS word, anon_11.value ->> 2 AS first, anon_11.value ->> 3 AS last 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_11), 
anon_8 AS 
(SELECT anon_9.kind AS kind, anon_9.word AS word, anon_9.first AS first, anon_9.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_9.first AND anon_9.last
 LIMIT 5000 OFFSET 0) AS anon_10) AS found 
FROM anon_9 
WHERE (anon_9.kind NOT IN ('typo', 'pattern'))), 
anon_7 AS 
(SELECT anon_8.kind AS kind, anon_8.word AS word, anon_8.first AS first, anon_8.last AS last, anon_8.found AS found 
FROM anon_8 UNION ALL SELECT 'typo' AS anon_12, anon_13.word AS word, anon_13.term AS term, anon_13.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN anon_13.term AND anon_13.term
 LIMIT 5000 OFFSET 0) AS anon_15) AS anon_14 
FROM (SELECT anon_9.word AS word, anon_9.first AS term 
FROM anon_9 
WHERE anon_9.kind = 'typo' AND anon_9.word IN (SELECT anon_8.word 
FROM anon_8 GROUP BY anon_8.word 
HAVING sum(anon_8.found) < 10) UNION ALL SELECT anon_9.word AS word, search_pattern_1.term AS term 
FROM anon_9 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_9.first 
WHERE anon_9.kind = 'pattern' AND anon_9.word IN (SELECT anon_8.word 
FROM anon_8 GROUP BY anon_8.word 
HAVING sum(anon_8.found) < 10)) AS anon_13 UNION ALL SELECT 'whole typo' AS anon_16, anon_13.word AS word, '~' || anon_13.term AS json_7, '~' || anon_13.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_4 
WHERE search_posting_4.term BETWEEN '~' || anon_13.term AND '~' || anon_13.term
 LIMIT 5000 OFFSET 0) AS anon_18) AS anon_17 
FROM (SELECT anon_9.word AS word, anon_9.first AS term 
FROM anon_9 
WHERE anon_9.kind = 'typo' AND anon_9.word IN (SELECT anon_8.word 
FROM anon_8 GROUP BY anon_8.word 
HAVING sum(anon_8.found) < 10) UNION ALL SELECT anon_9.word AS word, search_pattern_1.term AS term 
FROM anon_9 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_9.first 
WHERE anon_9.kind = 'pattern' AND anon_9.word IN (SELECT anon_8.word 
FROM anon_8 GROUP BY anon_8.word 
HAVING sum(anon_8.found) < 10)) AS anon_13 
WHERE (SELECT max(anon_9.word) AS max_1 
FROM anon_9) = 0), 
anon_5 AS MATERIALIZED 
(SELECT anon_6.score AS score, anon_6.popularity AS popularity, anon_6.node_type AS node_type, anon_6.node_id AS node_id 
FROM (SELECT 4000 AS score, search_posting_1.popularity AS popularity, search_posting_1.node_type AS node_type, search_posting_1.node_id AS node_id 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term = (SELECT anon_7.first 
FROM anon_7 
WHERE anon_7.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_1.field = 1 AND (? IS NULL OR search_posting_1.node_type IN (SELECT anon_20.value AS anon_19 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_20)) AND NOT (EXISTS (SELECT 1 
FROM anon_7 AS anon_21 JOIN search_posting AS search_posting_5 ON anon_21.found > 0 AND search_posting_5.term BETWEEN anon_21.first AND anon_21.last AND (anon_21.kind != 'typo' OR search_posting_5.field != 4) 
WHERE search_posting_5.node_type = search_posting_1.node_type AND search_posting_5.node_id = search_posting_1.node_id AND CASE WHEN (anon_21.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_21.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_21.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_21.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_21.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_21.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_21.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_21.first) THEN 10 ELSE 6 END END > 4000)) ORDER BY search_posting_1.popularity DESC, search_posting_1.node_type DESC, search_posting_1.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_6 UNION ALL SELECT anon_22.score AS score, anon_22.popularity AS popularity, anon_22.node_type AS node_type, anon_22.node_id AS node_id 
FROM (SELECT 3000 AS score, search_posting_6.popularity AS popularity, search_posting_6.node_type AS node_type, search_posting_6.node_id AS node_id 
FROM search_posting AS search_posting_6 
WHERE search_posting_6.term = (SELECT anon_7.first 
FROM anon_7 
WHERE anon_7.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_6.field = 1 AND (? IS NULL OR search_posting_6.node_type IN (SELECT anon_24.value AS anon_23 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_24)) AND NOT (EXISTS (SELECT 1 
FROM anon_7 AS anon_25 JOIN search_posting AS search_posting_7 ON anon_25.found > 0 AND search_posting_7.term BETWEEN anon_25.first AND anon_25.last AND (anon_25.kind != 'typo' OR search_posting_7.field != 4) 
WHERE search_posting_7.node_type = search_posting_6.node_type AND search_posting_7.node_id = search_posting_6.node_id AND CASE WHEN (anon_25.kind = 'typed' AND search_posting_7.field = 1) THEN 4000 WHEN (anon_25.kind = 'letters' AND search_posting_7.field = 1) THEN 3000 WHEN (anon_25.kind = 'typed' AND search_posting_7.field = 2) THEN 2000 WHEN (anon_25.kind = 'letters' AND search_posting_7.field = 2) THEN 1000 WHEN (anon_25.kind = 'whole typo' AND search_posting_7.field = 1) THEN 39 WHEN (anon_25.kind = 'whole typo' AND search_posting_7.field = 2) THEN 36 ELSE CASE WHEN (search_posting_7.field = 1) THEN 10 WHEN (search_posting_7.field = 2) THEN 8 WHEN (search_posting_7.field = 3) THEN 4 WHEN (search_posting_7.field = 4) THEN 2 END * CASE WHEN (anon_25.kind = 'typo') THEN 3 WHEN (search_posting_7.term = anon_25.first) THEN 10 ELSE 6 END END > 3000)) ORDER BY search_posting_6.popularity DESC, search_posting_6.node_type DESC, search_posting_6.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_22 UNION ALL SELECT anon_26.score AS score, anon_26.popularity AS popularity, anon_26.node_type AS node_type, anon_26.node_id AS node_id 
FROM (SELECT 2000 AS score, search_posting_8.popularity AS popularity, search_posting_8.node_type AS node_type, search_posting_8.node_id AS node_id 
FROM search_posting AS search_posting_8 
WHERE search_posting_8.term = (SELECT anon_7.first 
FROM anon_7 
WHERE anon_7.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_8.field = 2 AND (? IS NULL OR search_posting_8.node_type IN (SELECT anon_28.value AS anon_27 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_28)) AND NOT (EXISTS (SELECT 1 
FROM anon_7 AS anon_29 JOIN search_posting AS search_posting_9 ON anon_29.found > 0 AND search_posting_9.term BETWEEN anon_29.first AND anon_29.last AND (anon_29.kind != 'typo' OR search_posting_9.field != 4) 
WHERE search_posting_9.node_type = search_posting_8.node_type AND search_posting_9.node_id = search_posting_8.node_id AND CASE WHEN (anon_29.kind = 'typed' AND search_posting_9.field = 1) THEN 4000 WHEN (anon_29.kind = 'letters' AND search_posting_9.field = 1) THEN 3000 WHEN (anon_29.kind = 'typed' AND search_posting_9.field = 2) THEN 2000 WHEN (anon_29.kind = 'letters' AND search_posting_9.field = 2) THEN 1000 WHEN (anon_29.kind = 'whole typo' AND search_posting_9.field = 1) THEN 39 WHEN (anon_29.kind = 'whole typo' AND search_posting_9.field = 2) THEN 36 ELSE CASE WHEN (search_posting_9.field = 1) THEN 10 WHEN (search_posting_9.field = 2) THEN 8 WHEN (search_posting_9.field = 3) THEN 4 WHEN (search_posting_9.field = 4) THEN 2 END * CASE WHEN (anon_29.kind = 'typo') THEN 3 WHEN (search_posting_9.term = anon_29.first) THEN 10 ELSE 6 END END > 2000)) ORDER BY search_posting_8.popularity DESC, search_posting_8.node_type DESC, search_posting_8.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_26 UNION ALL SELECT anon_30.score AS score, anon_30.popularity AS popularity, anon_30.node_type AS node_type, anon_30.node_id AS node_id 
FROM (SELECT 1000 AS score, search_posting_10.popularity AS popularity, search_posting_10.node_type AS node_type, search_posting_10.node_id AS node_id 
FROM search_posting AS search_posting_10 
WHERE search_posting_10.term = (SELECT anon_7.first 
FROM anon_7 
WHERE anon_7.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_10.field = 2 AND (? IS NULL OR search_posting_10.node_type IN (SELECT anon_32.value AS anon_31 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_32)) AND NOT (EXISTS (SELECT 1 
FROM anon_7 AS anon_33 JOIN search_posting AS search_posting_11 ON anon_33.found > 0 AND search_posting_11.term BETWEEN anon_33.first AND anon_33.last AND (anon_33.kind != 'typo' OR search_posting_11.field != 4) 
WHERE search_posting_11.node_type = search_posting_10.node_type AND search_posting_11.node_id = search_posting_10.node_id AND CASE WHEN (anon_33.kind = 'typed' AND search_posting_11.field = 1) THEN 4000 WHEN (anon_33.kind = 'letters' AND search_posting_11.field = 1) THEN 3000 WHEN (anon_33.kind = 'typed' AND search_posting_11.field = 2) THEN 2000 WHEN (anon_33.kind = 'letters' AND search_posting_11.field = 2) THEN 1000 WHEN (anon_33.kind = 'whole typo' AND search_posting_11.field = 1) THEN 39 WHEN (anon_33.kind = 'whole typo' AND search_posting_11.field = 2) THEN 36 ELSE CASE WHEN (search_posting_11.field = 1) THEN 10 WHEN (search_posting_11.field = 2) THEN 8 WHEN (search_posting_11.field = 3) THEN 4 WHEN (search_posting_11.field = 4) THEN 2 END * CASE WHEN (anon_33.kind = 'typo') THEN 3 WHEN (search_posting_11.term = anon_33.first) THEN 10 ELSE 6 END END > 1000)) ORDER BY search_posting_10.popularity DESC, search_posting_10.node_type DESC, search_posting_10.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_30 UNION ALL SELECT anon_34.score AS score, anon_34.popularity AS popularity, anon_34.node_type AS node_type, anon_34.node_id AS node_id 
FROM (SELECT 100 AS score, search_posting_12.popularity AS popularity, search_posting_12.node_type AS node_type, search_posting_12.node_id AS node_id 
FROM search_posting AS search_posting_12 
WHERE search_posting_12.term = (SELECT anon_7.first 
FROM anon_7 
WHERE anon_7.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_12.field = 1 AND (? IS NULL OR search_posting_12.node_type IN (SELECT anon_36.value AS anon_35 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_36)) AND NOT (EXISTS (SELECT 1 
FROM anon_7 AS anon_37 JOIN search_posting AS search_posting_13 ON anon_37.found > 0 AND search_posting_13.term BETWEEN anon_37.first AND anon_37.last AND (anon_37.kind != 'typo' OR search_posting_13.field != 4) 
WHERE search_posting_13.node_type = search_posting_12.node_type AND search_posting_13.node_id = search_posting_12.node_id AND CASE WHEN (anon_37.kind = 'typed' AND search_posting_13.field = 1) THEN 4000 WHEN (anon_37.kind = 'letters' AND search_posting_13.field = 1) THEN 3000 WHEN (anon_37.kind = 'typed' AND search_posting_13.field = 2) THEN 2000 WHEN (anon_37.kind = 'letters' AND search_posting_13.field = 2) THEN 1000 WHEN (anon_37.kind = 'whole typo' AND search_posting_13.field = 1) THEN 39 WHEN (anon_37.kind = 'whole typo' AND search_posting_13.field = 2) THEN 36 ELSE CASE WHEN (search_posting_13.field = 1) THEN 10 WHEN (search_posting_13.field = 2) THEN 8 WHEN (search_posting_13.field = 3) THEN 4 WHEN (search_posting_13.field = 4) THEN 2 END * CASE WHEN (anon_37.kind = 'typo') THEN 3 WHEN (search_posting_13.term = anon_37.first) THEN 10 ELSE 6 END END > 100)) ORDER BY search_posting_12.popularity DESC, search_posting_12.node_type DESC, search_posting_12.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_34 UNION ALL SELECT anon_38.score AS score, anon_38.popularity AS popularity, anon_38.node_type AS node_type, anon_38.node_id AS node_id 
FROM (SELECT 80 AS score, search_posting_14.popularity AS popularity, search_posting_14.node_type AS node_type, search_posting_14.node_id AS node_id 
FROM search_posting AS search_posting_14 
WHERE search_posting_14.term = (SELECT anon_7.first 
FROM anon_7 
WHERE anon_7.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_14.field = 2 AND (? IS NULL OR search_posting_14.node_type IN (SELECT anon_40.value AS anon_39 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_40)) AND NOT (EXISTS (SELECT 1 
FROM anon_7 AS anon_41 JOIN search_posting AS search_posting_15 ON anon_41.found > 0 AND search_posting_15.term BETWEEN anon_41.first AND anon_41.last AND (anon_41.kind != 'typo' OR search_posting_15.field != 4) 
WHERE search_posting_15.node_type = search_posting_14.node_type AND search_posting_15.node_id = search_posting_14.node_id AND CASE WHEN (anon_41.kind = 'typed' AND search_posting_15.field = 1) THEN 4000 WHEN (anon_41.kind = 'letters' AND search_posting_15.field = 1) THEN 3000 WHEN (anon_41.kind = 'typed' AND search_posting_15.field = 2) THEN 2000 WHEN (anon_41.kind = 'letters' AND search_posting_15.field = 2) THEN 1000 WHEN (anon_41.kind = 'whole typo' AND search_posting_15.field = 1) THEN 39 WHEN (anon_41.kind = 'whole typo' AND search_posting_15.field = 2) THEN 36 ELSE CASE WHEN (search_posting_15.field = 1) THEN 10 WHEN (search_posting_15.field = 2) THEN 8 WHEN (search_posting_15.field = 3) THEN 4 WHEN (search_posting_15.field = 4) THEN 2 END * CASE WHEN (anon_41.kind = 'typo') THEN 3 WHEN (search_posting_15.term = anon_41.first) THEN 10 ELSE 6 END END > 80)) ORDER BY search_posting_14.popularity DESC, search_posting_14.node_type DESC, search_posting_14.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_38), 
anon_44 AS 
(SELECT search_posting_17.popularity AS popularity, search_posting_17.node_type AS node_type, search_posting_17.node_id AS node_id, max(CASE WHEN (anon_48.kind = 'typed' AND search_posting_17.field = 1) THEN 4000 WHEN (anon_48.kind = 'letters' AND search_posting_17.field = 1) THEN 3000 WHEN (anon_48.kind = 'typed' AND search_posting_17.field = 2) THEN 2000 WHEN (anon_48.kind = 'letters' AND search_posting_17.field = 2) THEN 1000 WHEN (anon_48.kind = 'whole typo' AND search_posting_17.field = 1) THEN 39 WHEN (anon_48.kind = 'whole typo' AND search_posting_17.field = 2) THEN 36 ELSE CASE WHEN (search_posting_17.field = 1) THEN 10 WHEN (search_posting_17.field = 2) THEN 8 WHEN (search_posting_17.field = 3) THEN 4 WHEN (search_posting_17.field = 4) THEN 2 END * CASE WHEN (anon_48.kind = 'typo') THEN 3 WHEN (search_posting_17.term = anon_48.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_7 AS anon_48 JOIN search_posting AS search_posting_17 ON anon_48.found > 0 AND search_posting_17.term BETWEEN anon_48.first AND anon_48.last AND (anon_48.kind != 'typo' OR search_posting_17.field != 4) 
WHERE NOT ((SELECT max(anon_7.word) AS max_2 
FROM anon_7) = 0 AND (SELECT count(*) AS count_4 
FROM anon_5) >= 20) AND anon_48.word + 0 = (SELECT anon_7.word 
FROM anon_7 GROUP BY anon_7.word ORDER BY sum(anon_7.found), anon_7.word
 LIMIT 1 OFFSET 0) AND (? IS NULL OR search_posting_17.node_type IN (SELECT anon_50.value AS anon_49 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_50)) GROUP BY search_posting_17.popularity, search_posting_17.node_type, search_posting_17.node_id), 
anon_43 AS MATERIALIZED 
(SELECT anon_44.points + CASE WHEN ((SELECT max(anon_7.word) AS max_3 
FROM anon_7) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_7.word) AS max_3 
FROM anon_7)) THEN sum(anon_46.points) END AS anon_45 
FROM (SELECT max(CASE WHEN (anon_47.kind = 'typed' AND search_posting_16.field = 1) THEN 4000 WHEN (anon_47.kind = 'letters' AND search_posting_16.field = 1) THEN 3000 WHEN (anon_47.kind = 'typed' AND search_posting_16.field = 2) THEN 2000 WHEN (anon_47.kind = 'letters' AND search_posting_16.field = 2) THEN 1000 WHEN (anon_47.kind = 'whole typo' AND search_posting_16.field = 1) THEN 39 WHEN (anon_47.kind = 'whole typo' AND search_posting_16.field = 2) THEN 36 ELSE CASE WHEN (search_posting_16.field = 1) THEN 10 WHEN (search_posting_16.field = 2) THEN 8 WHEN (search_posting_16.field = 3) THEN 4 WHEN (search_posting_16.field = 4) THEN 2 END * CASE WHEN (anon_47.kind = 'typo') THEN 3 WHEN (search_posting_16.term = anon_47.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_7 AS anon_47 JOIN search_posting AS search_posting_16 ON anon_47.found > 0 AND search_posting_16.term BETWEEN anon_47.first AND anon_47.last AND (anon_47.kind != 'typo' OR search_posting_16.field != 4) 
WHERE anon_47.word != (SELECT anon_7.word 
FROM anon_7 GROUP BY anon_7.word ORDER BY sum(anon_7.found), anon_7.word
 LIMIT 1 OFFSET 0) AND search_posting_16.node_type = anon_44.node_type AND search_posting_16.node_id = anon_44.node_id GROUP BY anon_47.word) AS anon_46) END AS score, anon_44.popularity AS popularity, anon_44.node_type AS node_type, anon_44.node_id AS node_id 
FROM anon_44), 
anon_2 AS MATERIALIZED 
(SELECT anon_4.score AS score, anon_4.popularity AS popularity, anon_4.node_type AS node_type, anon_4.node_id AS node_id 
FROM (SELECT anon_5.score AS score, anon_5.popularity AS popularity, anon_5.node_type AS node_type, anon_5.node_id AS node_id 
FROM anon_5 
WHERE (SELECT max(anon_7.word) AS max_2 
FROM anon_7) = 0 AND (SELECT count(*) AS count_4 
FROM anon_5) >= 20 UNION ALL SELECT anon_42.score AS score, anon_42.popularity AS popularity, anon_42.node_type AS node_type, anon_42.node_id AS node_id 
FROM (SELECT anon_43.score AS score, anon_43.popularity AS popularity, anon_43.node_type AS node_type, anon_43.node_id AS node_id 
FROM anon_43 
WHERE anon_43.score IS NOT NULL) AS anon_42) AS anon_4 ORDER BY anon_4.score DESC, anon_4.popularity DESC, anon_4.node_type DESC, anon_4.node_id DESC
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
