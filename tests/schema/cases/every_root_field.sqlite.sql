-- statements: 1
WITH anon_15 AS 
(SELECT anon_17.value ->> 0 AS kind, CAST(anon_17.value ->> 1 AS INTEGER) AS word, anon_17.value ->> 2 AS first, anon_17.value ->> 3 AS last 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_17), 
anon_14 AS 
(SELECT anon_15.kind AS kind, anon_15.word AS word, anon_15.first AS first, anon_15.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_15.first AND anon_15.last
 LIMIT 5000 OFFSET 0) AS anon_16) AS found 
FROM anon_15 
WHERE (anon_15.kind NOT IN ('typo', 'pattern'))), 
anon_13 AS 
(SELECT anon_14.kind AS kind, anon_14.word AS word, anon_14.first AS first, anon_14.last AS last, anon_14.found AS found 
FROM anon_14 UNION ALL SELECT 'typo' AS anon_18, anon_19.word AS word, anon_19.term AS term, anon_19.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN anon_19.term AND anon_19.term
 LIMIT 5000 OFFSET 0) AS anon_21) AS anon_20 
FROM (SELECT anon_15.word AS word, anon_15.first AS term 
FROM anon_15 
WHERE anon_15.kind = 'typo' AND anon_15.word IN (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word 
HAVING sum(anon_14.found) < 10) UNION ALL SELECT anon_15.word AS word, search_pattern_1.term AS term 
FROM anon_15 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_15.first 
WHERE anon_15.kind = 'pattern' AND anon_15.word IN (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word 
HAVING sum(anon_14.found) < 10)) AS anon_19 UNION ALL SELECT 'whole typo' AS anon_22, anon_19.word AS word, '~' || anon_19.term AS json_20, '~' || anon_19.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_4 
WHERE search_posting_4.term BETWEEN '~' || anon_19.term AND '~' || anon_19.term
 LIMIT 5000 OFFSET 0) AS anon_24) AS anon_23 
FROM (SELECT anon_15.word AS word, anon_15.first AS term 
FROM anon_15 
WHERE anon_15.kind = 'typo' AND anon_15.word IN (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word 
HAVING sum(anon_14.found) < 10) UNION ALL SELECT anon_15.word AS word, search_pattern_1.term AS term 
FROM anon_15 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_15.first 
WHERE anon_15.kind = 'pattern' AND anon_15.word IN (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word 
HAVING sum(anon_14.found) < 10)) AS anon_19 
WHERE (SELECT max(anon_15.word) AS max_1 
FROM anon_15) = 0), 
anon_11 AS MATERIALIZED 
(SELECT anon_12.score AS score, anon_12.popularity AS popularity, anon_12.node_type AS node_type, anon_12.node_id AS node_id 
FROM (SELECT 4000 AS score, search_posting_1.popularity AS popularity, search_posting_1.node_type AS node_type, search_posting_1.node_id AS node_id 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term = (SELECT anon_13.first 
FROM anon_13 
WHERE anon_13.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_1.field = 1 AND (? IS NULL OR search_posting_1.node_type IN (SELECT anon_26.value AS anon_25 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_26)) AND NOT (EXISTS (SELECT 1 
FROM anon_13 AS anon_27 JOIN search_posting AS search_posting_5 ON anon_27.found > 0 AND search_posting_5.term BETWEEN anon_27.first AND anon_27.last AND (anon_27.kind != 'typo' OR search_posting_5.field != 4) 
WHERE search_posting_5.node_type = search_posting_1.node_type AND search_posting_5.node_id = search_posting_1.node_id AND CASE WHEN (anon_27.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_27.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_27.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_27.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_27.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_27.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_27.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_27.first) THEN 10 ELSE 6 END END > 4000)) ORDER BY search_posting_1.popularity DESC, search_posting_1.node_type DESC, search_posting_1.node_id DESC
 LIMIT 1 OFFSET 0) AS anon_12 UNION ALL SELECT anon_28.score AS score, anon_28.popularity AS popularity, anon_28.node_type AS node_type, anon_28.node_id AS node_id 
FROM (SELECT 3000 AS score, search_posting_6.popularity AS popularity, search_posting_6.node_type AS node_type, search_posting_6.node_id AS node_id 
FROM search_posting AS search_posting_6 
WHERE search_posting_6.term = (SELECT anon_13.first 
FROM anon_13 
WHERE anon_13.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_6.field = 1 AND (? IS NULL OR search_posting_6.node_type IN (SELECT anon_30.value AS anon_29 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_30)) AND NOT (EXISTS (SELECT 1 
FROM anon_13 AS anon_31 JOIN search_posting AS search_posting_7 ON anon_31.found > 0 AND search_posting_7.term BETWEEN anon_31.first AND anon_31.last AND (anon_31.kind != 'typo' OR search_posting_7.field != 4) 
WHERE search_posting_7.node_type = search_posting_6.node_type AND search_posting_7.node_id = search_posting_6.node_id AND CASE WHEN (anon_31.kind = 'typed' AND search_posting_7.field = 1) THEN 4000 WHEN (anon_31.kind = 'letters' AND search_posting_7.field = 1) THEN 3000 WHEN (anon_31.kind = 'typed' AND search_posting_7.field = 2) THEN 2000 WHEN (anon_31.kind = 'letters' AND search_posting_7.field = 2) THEN 1000 WHEN (anon_31.kind = 'whole typo' AND search_posting_7.field = 1) THEN 39 WHEN (anon_31.kind = 'whole typo' AND search_posting_7.field = 2) THEN 36 ELSE CASE WHEN (search_posting_7.field = 1) THEN 10 WHEN (search_posting_7.field = 2) THEN 8 WHEN (search_posting_7.field = 3) THEN 4 WHEN (search_posting_7.field = 4) THEN 2 END * CASE WHEN (anon_31.kind = 'typo') THEN 3 WHEN (search_posting_7.term = anon_31.first) THEN 10 ELSE 6 END END > 3000)) ORDER BY search_posting_6.popularity DESC, search_posting_6.node_type DESC, search_posting_6.node_id DESC
 LIMIT 1 OFFSET 0) AS anon_28 UNION ALL SELECT anon_32.score AS score, anon_32.popularity AS popularity, anon_32.node_type AS node_type, anon_32.node_id AS node_id 
FROM (SELECT 2000 AS score, search_posting_8.popularity AS popularity, search_posting_8.node_type AS node_type, search_posting_8.node_id AS node_id 
FROM search_posting AS search_posting_8 
WHERE search_posting_8.term = (SELECT anon_13.first 
FROM anon_13 
WHERE anon_13.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_8.field = 2 AND (? IS NULL OR search_posting_8.node_type IN (SELECT anon_34.value AS anon_33 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_34)) AND NOT (EXISTS (SELECT 1 
FROM anon_13 AS anon_35 JOIN search_posting AS search_posting_9 ON anon_35.found > 0 AND search_posting_9.term BETWEEN anon_35.first AND anon_35.last AND (anon_35.kind != 'typo' OR search_posting_9.field != 4) 
WHERE search_posting_9.node_type = search_posting_8.node_type AND search_posting_9.node_id = search_posting_8.node_id AND CASE WHEN (anon_35.kind = 'typed' AND search_posting_9.field = 1) THEN 4000 WHEN (anon_35.kind = 'letters' AND search_posting_9.field = 1) THEN 3000 WHEN (anon_35.kind = 'typed' AND search_posting_9.field = 2) THEN 2000 WHEN (anon_35.kind = 'letters' AND search_posting_9.field = 2) THEN 1000 WHEN (anon_35.kind = 'whole typo' AND search_posting_9.field = 1) THEN 39 WHEN (anon_35.kind = 'whole typo' AND search_posting_9.field = 2) THEN 36 ELSE CASE WHEN (search_posting_9.field = 1) THEN 10 WHEN (search_posting_9.field = 2) THEN 8 WHEN (search_posting_9.field = 3) THEN 4 WHEN (search_posting_9.field = 4) THEN 2 END * CASE WHEN (anon_35.kind = 'typo') THEN 3 WHEN (search_posting_9.term = anon_35.first) THEN 10 ELSE 6 END END > 2000)) ORDER BY search_posting_8.popularity DESC, search_posting_8.node_type DESC, search_posting_8.node_id DESC
 LIMIT 1 OFFSET 0) AS anon_32 UNION ALL SELECT anon_36.score AS score, anon_36.popularity AS popularity, anon_36.node_type AS node_type, anon_36.node_id AS node_id 
FROM (SELECT 1000 AS score, search_posting_10.popularity AS popularity, search_posting_10.node_type AS node_type, search_posting_10.node_id AS node_id 
FROM search_posting AS search_posting_10 
WHERE search_posting_10.term = (SELECT anon_13.first 
FROM anon_13 
WHERE anon_13.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_10.field = 2 AND (? IS NULL OR search_posting_10.node_type IN (SELECT anon_38.value AS anon_37 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_38)) AND NOT (EXISTS (SELECT 1 
FROM anon_13 AS anon_39 JOIN search_posting AS search_posting_11 ON anon_39.found > 0 AND search_posting_11.term BETWEEN anon_39.first AND anon_39.last AND (anon_39.kind != 'typo' OR search_posting_11.field != 4) 
WHERE search_posting_11.node_type = search_posting_10.node_type AND search_posting_11.node_id = search_posting_10.node_id AND CASE WHEN (anon_39.kind = 'typed' AND search_posting_11.field = 1) THEN 4000 WHEN (anon_39.kind = 'letters' AND search_posting_11.field = 1) THEN 3000 WHEN (anon_39.kind = 'typed' AND search_posting_11.field = 2) THEN 2000 WHEN (anon_39.kind = 'letters' AND search_posting_11.field = 2) THEN 1000 WHEN (anon_39.kind = 'whole typo' AND search_posting_11.field = 1) THEN 39 WHEN (anon_39.kind = 'whole typo' AND search_posting_11.field = 2) THEN 36 ELSE CASE WHEN (search_posting_11.field = 1) THEN 10 WHEN (search_posting_11.field = 2) THEN 8 WHEN (search_posting_11.field = 3) THEN 4 WHEN (search_posting_11.field = 4) THEN 2 END * CASE WHEN (anon_39.kind = 'typo') THEN 3 WHEN (search_posting_11.term = anon_39.first) THEN 10 ELSE 6 END END > 1000)) ORDER BY search_posting_10.popularity DESC, search_posting_10.node_type DESC, search_posting_10.node_id DESC
 LIMIT 1 OFFSET 0) AS anon_36 UNION ALL SELECT anon_40.score AS score, anon_40.popularity AS popularity, anon_40.node_type AS node_type, anon_40.node_id AS node_id 
FROM (SELECT 100 AS score, search_posting_12.popularity AS popularity, search_posting_12.node_type AS node_type, search_posting_12.node_id AS node_id 
FROM search_posting AS search_posting_12 
WHERE search_posting_12.term = (SELECT anon_13.first 
FROM anon_13 
WHERE anon_13.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_12.field = 1 AND (? IS NULL OR search_posting_12.node_type IN (SELECT anon_42.value AS anon_41 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_42)) AND NOT (EXISTS (SELECT 1 
FROM anon_13 AS anon_43 JOIN search_posting AS search_posting_13 ON anon_43.found > 0 AND search_posting_13.term BETWEEN anon_43.first AND anon_43.last AND (anon_43.kind != 'typo' OR search_posting_13.field != 4) 
WHERE search_posting_13.node_type = search_posting_12.node_type AND search_posting_13.node_id = search_posting_12.node_id AND CASE WHEN (anon_43.kind = 'typed' AND search_posting_13.field = 1) THEN 4000 WHEN (anon_43.kind = 'letters' AND search_posting_13.field = 1) THEN 3000 WHEN (anon_43.kind = 'typed' AND search_posting_13.field = 2) THEN 2000 WHEN (anon_43.kind = 'letters' AND search_posting_13.field = 2) THEN 1000 WHEN (anon_43.kind = 'whole typo' AND search_posting_13.field = 1) THEN 39 WHEN (anon_43.kind = 'whole typo' AND search_posting_13.field = 2) THEN 36 ELSE CASE WHEN (search_posting_13.field = 1) THEN 10 WHEN (search_posting_13.field = 2) THEN 8 WHEN (search_posting_13.field = 3) THEN 4 WHEN (search_posting_13.field = 4) THEN 2 END * CASE WHEN (anon_43.kind = 'typo') THEN 3 WHEN (search_posting_13.term = anon_43.first) THEN 10 ELSE 6 END END > 100)) ORDER BY search_posting_12.popularity DESC, search_posting_12.node_type DESC, search_posting_12.node_id DESC
 LIMIT 1 OFFSET 0) AS anon_40 UNION ALL SELECT anon_44.score AS score, anon_44.popularity AS popularity, anon_44.node_type AS node_type, anon_44.node_id AS node_id 
FROM (SELECT 80 AS score, search_posting_14.popularity AS popularity, search_posting_14.node_type AS node_type, search_posting_14.node_id AS node_id 
FROM search_posting AS search_posting_14 
WHERE search_posting_14.term = (SELECT anon_13.first 
FROM anon_13 
WHERE anon_13.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_14.field = 2 AND (? IS NULL OR search_posting_14.node_type IN (SELECT anon_46.value AS anon_45 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_46)) AND NOT (EXISTS (SELECT 1 
FROM anon_13 AS anon_47 JOIN search_posting AS search_posting_15 ON anon_47.found > 0 AND search_posting_15.term BETWEEN anon_47.first AND anon_47.last AND (anon_47.kind != 'typo' OR search_posting_15.field != 4) 
WHERE search_posting_15.node_type = search_posting_14.node_type AND search_posting_15.node_id = search_posting_14.node_id AND CASE WHEN (anon_47.kind = 'typed' AND search_posting_15.field = 1) THEN 4000 WHEN (anon_47.kind = 'letters' AND search_posting_15.field = 1) THEN 3000 WHEN (anon_47.kind = 'typed' AND search_posting_15.field = 2) THEN 2000 WHEN (anon_47.kind = 'letters' AND search_posting_15.field = 2) THEN 1000 WHEN (anon_47.kind = 'whole typo' AND search_posting_15.field = 1) THEN 39 WHEN (anon_47.kind = 'whole typo' AND search_posting_15.field = 2) THEN 36 ELSE CASE WHEN (search_posting_15.field = 1) THEN 10 WHEN (search_posting_15.field = 2) THEN 8 WHEN (search_posting_15.field = 3) THEN 4 WHEN (search_posting_15.field = 4) THEN 2 END * CASE WHEN (anon_47.kind = 'typo') THEN 3 WHEN (search_posting_15.term = anon_47.first) THEN 10 ELSE 6 END END > 80)) ORDER BY search_posting_14.popularity DESC, search_posting_14.node_type DESC, search_posting_14.node_id DESC
 LIMIT 1 OFFSET 0) AS anon_44), 
anon_50 AS 
(SELECT search_posting_17.popularity AS popularity, search_posting_17.node_type AS node_type, search_posting_17.node_id AS node_id, max(CASE WHEN (anon_54.kind = 'typed' AND search_posting_17.field = 1) THEN 4000 WHEN (anon_54.kind = 'letters' AND search_posting_17.field = 1) THEN 3000 WHEN (anon_54.kind = 'typed' AND search_posting_17.field = 2) THEN 2000 WHEN (anon_54.kind = 'letters' AND search_posting_17.field = 2) THEN 1000 WHEN (anon_54.kind = 'whole typo' AND search_posting_17.field = 1) THEN 39 WHEN (anon_54.kind = 'whole typo' AND search_posting_17.field = 2) THEN 36 ELSE CASE WHEN (search_posting_17.field = 1) THEN 10 WHEN (search_posting_17.field = 2) THEN 8 WHEN (search_posting_17.field = 3) THEN 4 WHEN (search_posting_17.field = 4) THEN 2 END * CASE WHEN (anon_54.kind = 'typo') THEN 3 WHEN (search_posting_17.term = anon_54.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_13 AS anon_54 JOIN search_posting AS search_posting_17 ON anon_54.found > 0 AND search_posting_17.term BETWEEN anon_54.first AND anon_54.last AND (anon_54.kind != 'typo' OR search_posting_17.field != 4) 
WHERE NOT ((SELECT max(anon_13.word) AS max_2 
FROM anon_13) = 0 AND (SELECT count(*) AS count_4 
FROM anon_11) >= 1) AND anon_54.word + 0 = (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word ORDER BY sum(anon_13.found), anon_13.word
 LIMIT 1 OFFSET 0) AND (? IS NULL OR search_posting_17.node_type IN (SELECT anon_56.value AS anon_55 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_56)) GROUP BY search_posting_17.popularity, search_posting_17.node_type, search_posting_17.node_id), 
anon_49 AS MATERIALIZED 
(SELECT anon_50.points + CASE WHEN ((SELECT max(anon_13.word) AS max_3 
FROM anon_13) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_13.word) AS max_3 
FROM anon_13)) THEN sum(anon_52.points) END AS anon_51 
FROM (SELECT max(CASE WHEN (anon_53.kind = 'typed' AND search_posting_16.field = 1) THEN 4000 WHEN (anon_53.kind = 'letters' AND search_posting_16.field = 1) THEN 3000 WHEN (anon_53.kind = 'typed' AND search_posting_16.field = 2) THEN 2000 WHEN (anon_53.kind = 'letters' AND search_posting_16.field = 2) THEN 1000 WHEN (anon_53.kind = 'whole typo' AND search_posting_16.field = 1) THEN 39 WHEN (anon_53.kind = 'whole typo' AND search_posting_16.field = 2) THEN 36 ELSE CASE WHEN (search_posting_16.field = 1) THEN 10 WHEN (search_posting_16.field = 2) THEN 8 WHEN (search_posting_16.field = 3) THEN 4 WHEN (search_posting_16.field = 4) THEN 2 END * CASE WHEN (anon_53.kind = 'typo') THEN 3 WHEN (search_posting_16.term = anon_53.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_13 AS anon_53 JOIN search_posting AS search_posting_16 ON anon_53.found > 0 AND search_posting_16.term BETWEEN anon_53.first AND anon_53.last AND (anon_53.kind != 'typo' OR search_posting_16.field != 4) 
WHERE anon_53.word != (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word ORDER BY sum(anon_13.found), anon_13.word
 LIMIT 1 OFFSET 0) AND search_posting_16.node_type = anon_50.node_type AND search_posting_16.node_id = anon_50.node_id GROUP BY anon_53.word) AS anon_52) END AS score, anon_50.popularity AS popularity, anon_50.node_type AS node_type, anon_50.node_id AS node_id 
FROM anon_50), 
anon_7 AS MATERIALIZED 
(SELECT anon_10.score AS score, anon_10.popularity AS popularity, anon_10.node_type AS node_type, anon_10.node_id AS node_id 
FROM (SELECT anon_11.score AS score, anon_11.popularity AS popularity, anon_11.node_type AS node_type, anon_11.node_id AS node_id 
FROM anon_11 
WHERE (SELECT max(anon_13.word) AS max_2 
FROM anon_13) = 0 AND (SELECT count(*) AS count_4 
FROM anon_11) >= 1 UNION ALL SELECT anon_48.score AS score, anon_48.popularity AS popularity, anon_48.node_type AS node_type, anon_48.node_id AS node_id 
FROM (SELECT anon_49.score AS score, anon_49.popularity AS popularity, anon_49.node_type AS node_type, anon_49.node_id AS node_id 
FROM anon_49 
WHERE anon_49.score IS NOT NULL) AS anon_48) AS anon_10 ORDER BY anon_10.score DESC, anon_10.popularity DESC, anon_10.node_type DESC, anon_10.node_id DESC
 LIMIT 1 OFFSET 0)
 SELECT coalesce((SELECT '{"id":"Package:' || package_1.id || '"}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = ?), (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_2 
FROM category AS category_1 
WHERE category_1.id = ?), (SELECT '{"id":"Grid:' || grid_1.id || '"}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = ?), (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_4 
FROM feature AS feature_1 
WHERE feature_1.id = ?), (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_5 
FROM version AS version_1 
WHERE version_1.id = ?), 'null') AS root_0, (SELECT '[' || coalesce(group_concat(anon_1.coalesce_1, ','), '') || ']' AS json_6 
FROM (SELECT coalesce(CASE WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Package:' || package_2.id || '"}' AS json_7 
FROM package AS package_2 
WHERE package_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Category:' || category_2.id || '"}' AS json_8 
FROM category AS category_2 
WHERE category_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Grid:' || grid_2.id || '"}' AS json_9 
FROM grid AS grid_2 
WHERE grid_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Feature:' || feature_2.id || '"}' AS json_10 
FROM feature AS feature_2 
WHERE feature_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Version:' || version_2.id || '"}' AS json_11 
FROM version AS version_2 
WHERE version_2.id = CAST(anon_2.value ->> 1 AS BIGINT)) ELSE 'null' END, 'null') AS coalesce_1 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_2 ORDER BY anon_2.position) AS anon_1) AS root_1, (SELECT '{"id":"Package:' || package_3.id || '"}' AS json_12 
FROM package AS package_3 
WHERE package_3.database_id = ?) AS root_2, (SELECT '{"id":"Category:' || category_3.id || '"}' AS json_13 
FROM category AS category_3 
WHERE category_3.database_id = ?) AS root_3, (SELECT '{"id":"Grid:' || grid_3.id || '"}' AS json_14 
FROM grid AS grid_3 
WHERE grid_3.database_id = ?) AS root_4, (WITH page_1 AS 
(SELECT package_4.title_folded AS key_0, package_4.id AS key_1 
FROM package AS package_4 ORDER BY package_4.title_folded ASC, package_4.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_15 
FROM (SELECT '{"id":"Package:' || package_5.id || '"}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_5 ON package_5.id = page_1.key_1) AS anon_3) AS root_5, (WITH page_2 AS 
(SELECT category_4.title_folded AS key_0, category_4.id AS key_1 
FROM category AS category_4 ORDER BY category_4.title_folded ASC, category_4.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_16 
FROM (SELECT '{"id":"Category:' || category_5.id || '"}' AS element_1 
FROM page_2 LEFT OUTER JOIN category AS category_5 ON category_5.id = page_2.key_1) AS anon_4) AS root_6, (WITH page_3 AS 
(SELECT grid_4.title_folded AS key_0, grid_4.id AS key_1 
FROM grid AS grid_4 ORDER BY grid_4.title_folded ASC, grid_4.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_17 
FROM (SELECT '{"id":"Grid:' || grid_5.id || '"}' AS element_1 
FROM page_3 LEFT OUTER JOIN grid AS grid_5 ON grid_5.id = page_3.key_1) AS anon_5) AS root_7, (SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_18 
FROM (SELECT coalesce(CASE WHEN (anon_7.node_type = ?) THEN (SELECT '{"id":"Package:' || package_6.id || '"}' AS json_19 
FROM package AS package_6 
WHERE package_6.id = anon_7.node_id) WHEN (anon_7.node_type = ?) THEN (SELECT '{}' AS anon_8 
FROM grid AS grid_6 
WHERE grid_6.id = anon_7.node_id) WHEN (anon_7.node_type = ?) THEN (SELECT '{}' AS anon_9 
FROM category AS category_6 
WHERE category_6.id = anon_7.node_id) END, 'null') AS element_1 
FROM anon_7) AS anon_6) AS root_8;
