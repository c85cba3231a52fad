-- statements: 1
WITH anon_7 AS 
(SELECT anon_9.value ->> 0 AS kind, CAST(anon_9.value ->> 1 AS INTEGER) AS word, anon_9.value ->> 2 AS first, anon_9.value ->> 3 AS last 
FROM (SELECT position, value FROM json_array_elements(CAST($1::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_9), 
anon_6 AS 
(SELECT anon_7.kind AS kind, anon_7.word AS word, anon_7.first AS first, anon_7.last AS last, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_7.first AND anon_7.last 
 LIMIT 5000 OFFSET 0) AS anon_8) AS found 
FROM anon_7 
WHERE (anon_7.kind NOT IN ('typo', 'pattern'))), 
anon_5 AS 
(SELECT anon_6.kind AS kind, anon_6.word AS word, anon_6.first AS first, anon_6.last AS last, anon_6.found AS found 
FROM anon_6 UNION ALL SELECT 'typo' AS anon_10, anon_11.word AS word, anon_11.term AS term, anon_11.term AS term__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN anon_11.term AND anon_11.term 
 LIMIT 5000 OFFSET 0) AS anon_13) AS anon_12 
FROM (SELECT anon_7.word AS word, anon_7.first AS term 
FROM anon_7 
WHERE anon_7.kind = 'typo' AND anon_7.word IN (SELECT anon_6.word 
FROM anon_6 GROUP BY anon_6.word 
HAVING sum(anon_6.found) < 10) UNION ALL SELECT anon_7.word AS word, search_pattern_1.term AS term 
FROM anon_7 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_7.first 
WHERE anon_7.kind = 'pattern' AND anon_7.word IN (SELECT anon_6.word 
FROM anon_6 GROUP BY anon_6.word 
HAVING sum(anon_6.found) < 10)) AS anon_11 UNION ALL SELECT 'whole typo' AS anon_14, anon_11.word AS word, '~' || anon_11.term AS json_2, '~' || anon_11.term AS json__1, (SELECT count(*) AS count_4 
FROM (SELECT 1 
FROM search_posting AS search_posting_4 
WHERE search_posting_4.term BETWEEN '~' || anon_11.term AND '~' || anon_11.term 
 LIMIT 5000 OFFSET 0) AS anon_16) AS anon_15 
FROM (SELECT anon_7.word AS word, anon_7.first AS term 
FROM anon_7 
WHERE anon_7.kind = 'typo' AND anon_7.word IN (SELECT anon_6.word 
FROM anon_6 GROUP BY anon_6.word 
HAVING sum(anon_6.found) < 10) UNION ALL SELECT anon_7.word AS word, search_pattern_1.term AS term 
FROM anon_7 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_7.first 
WHERE anon_7.kind = 'pattern' AND anon_7.word IN (SELECT anon_6.word 
FROM anon_6 GROUP BY anon_6.word 
HAVING sum(anon_6.found) < 10)) AS anon_11 
WHERE (SELECT max(anon_7.word) AS max_1 
FROM anon_7) = 0), 
anon_3 AS MATERIALIZED 
(SELECT anon_4.score AS score, anon_4.popularity AS popularity, anon_4.node_type AS node_type, anon_4.node_id AS node_id 
FROM (SELECT 4000 AS score, search_posting_1.popularity AS popularity, search_posting_1.node_type AS node_type, search_posting_1.node_id AS node_id 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term = (SELECT anon_5.first 
FROM anon_5 
WHERE anon_5.kind = 'typed' 
 LIMIT 1 OFFSET 0) AND search_posting_1.field = 1 AND ($2::VARCHAR IS NULL OR search_posting_1.node_type IN (SELECT (anon_18.value #>> '{}') AS anon_17 
FROM (SELECT position, value FROM json_array_elements(CAST($2::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_18)) AND NOT (EXISTS (SELECT 1 
FROM anon_5 AS anon_19 JOIN search_posting AS search_posting_5 ON anon_19.found > 0 AND search_posting_5.term BETWEEN anon_19.first AND anon_19.last AND (anon_19.kind != 'typo' OR search_posting_5.field != 4) 
WHERE search_posting_5.node_type = search_posting_1.node_type AND search_posting_5.node_id = search_posting_1.node_id AND CASE WHEN (anon_19.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_19.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_19.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_19.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_19.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_19.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_19.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_19.first) THEN 10 ELSE 6 END END > 4000)) ORDER BY search_posting_1.popularity DESC, search_posting_1.node_type DESC, search_posting_1.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_4 UNION ALL SELECT anon_20.score AS score, anon_20.popularity AS popularity, anon_20.node_type AS node_type, anon_20.node_id AS node_id 
FROM (SELECT 3000 AS score, search_posting_6.popularity AS popularity, search_posting_6.node_type AS node_type, search_posting_6.node_id AS node_id 
FROM search_posting AS search_posting_6 
WHERE search_posting_6.term = (SELECT anon_5.first 
FROM anon_5 
WHERE anon_5.kind = 'letters' 
 LIMIT 1 OFFSET 0) AND search_posting_6.field = 1 AND ($2::VARCHAR IS NULL OR search_posting_6.node_type IN (SELECT (anon_22.value #>> '{}') AS anon_21 
FROM (SELECT position, value FROM json_array_elements(CAST($2::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_22)) AND NOT (EXISTS (SELECT 1 
FROM anon_5 AS anon_23 JOIN search_posting AS search_posting_7 ON anon_23.found > 0 AND search_posting_7.term BETWEEN anon_23.first AND anon_23.last AND (anon_23.kind != 'typo' OR search_posting_7.field != 4) 
WHERE search_posting_7.node_type = search_posting_6.node_type AND search_posting_7.node_id = search_posting_6.node_id AND CASE WHEN (anon_23.kind = 'typed' AND search_posting_7.field = 1) THEN 4000 WHEN (anon_23.kind = 'letters' AND search_posting_7.field = 1) THEN 3000 WHEN (anon_23.kind = 'typed' AND search_posting_7.field = 2) THEN 2000 WHEN (anon_23.kind = 'letters' AND search_posting_7.field = 2) THEN 1000 WHEN (anon_23.kind = 'whole typo' AND search_posting_7.field = 1) THEN 39 WHEN (anon_23.kind = 'whole typo' AND search_posting_7.field = 2) THEN 36 ELSE CASE WHEN (search_posting_7.field = 1) THEN 10 WHEN (search_posting_7.field = 2) THEN 8 WHEN (search_posting_7.field = 3) THEN 4 WHEN (search_posting_7.field = 4) THEN 2 END * CASE WHEN (anon_23.kind = 'typo') THEN 3 WHEN (search_posting_7.term = anon_23.first) THEN 10 ELSE 6 END END > 3000)) ORDER BY search_posting_6.popularity DESC, search_posting_6.node_type DESC, search_posting_6.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_20 UNION ALL SELECT anon_24.score AS score, anon_24.popularity AS popularity, anon_24.node_type AS node_type, anon_24.node_id AS node_id 
FROM (SELECT 2000 AS score, search_posting_8.popularity AS popularity, search_posting_8.node_type AS node_type, search_posting_8.node_id AS node_id 
FROM search_posting AS search_posting_8 
WHERE search_posting_8.term = (SELECT anon_5.first 
FROM anon_5 
WHERE anon_5.kind = 'typed' 
 LIMIT 1 OFFSET 0) AND search_posting_8.field = 2 AND ($2::VARCHAR IS NULL OR search_posting_8.node_type IN (SELECT (anon_26.value #>> '{}') AS anon_25 
FROM (SELECT position, value FROM json_array_elements(CAST($2::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_26)) AND NOT (EXISTS (SELECT 1 
FROM anon_5 AS anon_27 JOIN search_posting AS search_posting_9 ON anon_27.found > 0 AND search_posting_9.term BETWEEN anon_27.first AND anon_27.last AND (anon_27.kind != 'typo' OR search_posting_9.field != 4) 
WHERE search_posting_9.node_type = search_posting_8.node_type AND search_posting_9.node_id = search_posting_8.node_id AND CASE WHEN (anon_27.kind = 'typed' AND search_posting_9.field = 1) THEN 4000 WHEN (anon_27.kind = 'letters' AND search_posting_9.field = 1) THEN 3000 WHEN (anon_27.kind = 'typed' AND search_posting_9.field = 2) THEN 2000 WHEN (anon_27.kind = 'letters' AND search_posting_9.field = 2) THEN 1000 WHEN (anon_27.kind = 'whole typo' AND search_posting_9.field = 1) THEN 39 WHEN (anon_27.kind = 'whole typo' AND search_posting_9.field = 2) THEN 36 ELSE CASE WHEN (search_posting_9.field = 1) THEN 10 WHEN (search_posting_9.field = 2) THEN 8 WHEN (search_posting_9.field = 3) THEN 4 WHEN (search_posting_9.field = 4) THEN 2 END * CASE WHEN (anon_27.kind = 'typo') THEN 3 WHEN (search_posting_9.term = anon_27.first) THEN 10 ELSE 6 END END > 2000)) ORDER BY search_posting_8.popularity DESC, search_posting_8.node_type DESC, search_posting_8.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_24 UNION ALL SELECT anon_28.score AS score, anon_28.popularity AS popularity, anon_28.node_type AS node_type, anon_28.node_id AS node_id 
FROM (SELECT 1000 AS score, search_posting_10.popularity AS popularity, search_posting_10.node_type AS node_type, search_posting_10.node_id AS node_id 
FROM search_posting AS search_posting_10 
WHERE search_posting_10.term = (SELECT anon_5.first 
FROM anon_5 
WHERE anon_5.kind = 'letters' 
 LIMIT 1 OFFSET 0) AND search_posting_10.field = 2 AND ($2::VARCHAR IS NULL OR search_posting_10.node_type IN (SELECT (anon_30.value #>> '{}') AS anon_29 
FROM (SELECT position, value FROM json_array_elements(CAST($2::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_30)) AND NOT (EXISTS (SELECT 1 
FROM anon_5 AS anon_31 JOIN search_posting AS search_posting_11 ON anon_31.found > 0 AND search_posting_11.term BETWEEN anon_31.first AND anon_31.last AND (anon_31.kind != 'typo' OR search_posting_11.field != 4) 
WHERE search_posting_11.node_type = search_posting_10.node_type AND search_posting_11.node_id = search_posting_10.node_id AND CASE WHEN (anon_31.kind = 'typed' AND search_posting_11.field = 1) THEN 4000 WHEN (anon_31.kind = 'letters' AND search_posting_11.field = 1) THEN 3000 WHEN (anon_31.kind = 'typed' AND search_posting_11.field = 2) THEN 2000 WHEN (anon_31.kind = 'letters' AND search_posting_11.field = 2) THEN 1000 WHEN (anon_31.kind = 'whole typo' AND search_posting_11.field = 1) THEN 39 WHEN (anon_31.kind = 'whole typo' AND search_posting_11.field = 2) THEN 36 ELSE CASE WHEN (search_posting_11.field = 1) THEN 10 WHEN (search_posting_11.field = 2) THEN 8 WHEN (search_posting_11.field = 3) THEN 4 WHEN (search_posting_11.field = 4) THEN 2 END * CASE WHEN (anon_31.kind = 'typo') THEN 3 WHEN (search_posting_11.term = anon_31.first) THEN 10 ELSE 6 END END > 1000)) ORDER BY search_posting_10.popularity DESC, search_posting_10.node_type DESC, search_posting_10.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_28 UNION ALL SELECT anon_32.score AS score, anon_32.popularity AS popularity, anon_32.node_type AS node_type, anon_32.node_id AS node_id 
FROM (SELECT 100 AS score, search_posting_12.popularity AS popularity, search_posting_12.node_type AS node_type, search_posting_12.node_id AS node_id 
FROM search_posting AS search_posting_12 
WHERE search_posting_12.term = (SELECT anon_5.first 
FROM anon_5 
WHERE anon_5.kind = 'word' 
 LIMIT 1 OFFSET 0) AND search_posting_12.field = 1 AND ($2::VARCHAR IS NULL OR search_posting_12.node_type IN (SELECT (anon_34.value #>> '{}') AS anon_33 
FROM (SELECT position, value FROM json_array_elements(CAST($2::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_34)) AND NOT (EXISTS (SELECT 1 
FROM anon_5 AS anon_35 JOIN search_posting AS search_posting_13 ON anon_35.found > 0 AND search_posting_13.term BETWEEN anon_35.first AND anon_35.last AND (anon_35.kind != 'typo' OR search_posting_13.field != 4) 
WHERE search_posting_13.node_type = search_posting_12.node_type AND search_posting_13.node_id = search_posting_12.node_id AND CASE WHEN (anon_35.kind = 'typed' AND search_posting_13.field = 1) THEN 4000 WHEN (anon_35.kind = 'letters' AND search_posting_13.field = 1) THEN 3000 WHEN (anon_35.kind = 'typed' AND search_posting_13.field = 2) THEN 2000 WHEN (anon_35.kind = 'letters' AND search_posting_13.field = 2) THEN 1000 WHEN (anon_35.kind = 'whole typo' AND search_posting_13.field = 1) THEN 39 WHEN (anon_35.kind = 'whole typo' AND search_posting_13.field = 2) THEN 36 ELSE CASE WHEN (search_posting_13.field = 1) THEN 10 WHEN (search_posting_13.field = 2) THEN 8 WHEN (search_posting_13.field = 3) THEN 4 WHEN (search_posting_13.field = 4) THEN 2 END * CASE WHEN (anon_35.kind = 'typo') THEN 3 WHEN (search_posting_13.term = anon_35.first) THEN 10 ELSE 6 END END > 100)) ORDER BY search_posting_12.popularity DESC, search_posting_12.node_type DESC, search_posting_12.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_32 UNION ALL SELECT anon_36.score AS score, anon_36.popularity AS popularity, anon_36.node_type AS node_type, anon_36.node_id AS node_id 
FROM (SELECT 80 AS score, search_posting_14.popularity AS popularity, search_posting_14.node_type AS node_type, search_posting_14.node_id AS node_id 
FROM search_posting AS search_posting_14 
WHERE search_posting_14.term = (SELECT anon_5.first 
FROM anon_5 
WHERE anon_5.kind = 'word' 
 LIMIT 1 OFFSET 0) AND search_posting_14.field = 2 AND ($2::VARCHAR IS NULL OR search_posting_14.node_type IN (SELECT (anon_38.value #>> '{}') AS anon_37 
FROM (SELECT position, value FROM json_array_elements(CAST($2::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_38)) AND NOT (EXISTS (SELECT 1 
FROM anon_5 AS anon_39 JOIN search_posting AS search_posting_15 ON anon_39.found > 0 AND search_posting_15.term BETWEEN anon_39.first AND anon_39.last AND (anon_39.kind != 'typo' OR search_posting_15.field != 4) 
WHERE search_posting_15.node_type = search_posting_14.node_type AND search_posting_15.node_id = search_posting_14.node_id AND CASE WHEN (anon_39.kind = 'typed' AND search_posting_15.field = 1) THEN 4000 WHEN (anon_39.kind = 'letters' AND search_posting_15.field = 1) THEN 3000 WHEN (anon_39.kind = 'typed' AND search_posting_15.field = 2) THEN 2000 WHEN (anon_39.kind = 'letters' AND search_posting_15.field = 2) THEN 1000 WHEN (anon_39.kind = 'whole typo' AND search_posting_15.field = 1) THEN 39 WHEN (anon_39.kind = 'whole typo' AND search_posting_15.field = 2) THEN 36 ELSE CASE WHEN (search_posting_15.field = 1) THEN 10 WHEN (search_posting_15.field = 2) THEN 8 WHEN (search_posting_15.field = 3) THEN 4 WHEN (search_posting_15.field = 4) THEN 2 END * CASE WHEN (anon_39.kind = 'typo') THEN 3 WHEN (search_posting_15.term = anon_39.first) THEN 10 ELSE 6 END END > 80)) ORDER BY search_posting_14.popularity DESC, search_posting_14.node_type DESC, search_posting_14.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_36), 
anon_42 AS 
(SELECT search_posting_17.popularity AS popularity, search_posting_17.node_type AS node_type, search_posting_17.node_id AS node_id, max(CASE WHEN (anon_46.kind = 'typed' AND search_posting_17.field = 1) THEN 4000 WHEN (anon_46.kind = 'letters' AND search_posting_17.field = 1) THEN 3000 WHEN (anon_46.kind = 'typed' AND search_posting_17.field = 2) THEN 2000 WHEN (anon_46.kind = 'letters' AND search_posting_17.field = 2) THEN 1000 WHEN (anon_46.kind = 'whole typo' AND search_posting_17.field = 1) THEN 39 WHEN (anon_46.kind = 'whole typo' AND search_posting_17.field = 2) THEN 36 ELSE CASE WHEN (search_posting_17.field = 1) THEN 10 WHEN (search_posting_17.field = 2) THEN 8 WHEN (search_posting_17.field = 3) THEN 4 WHEN (search_posting_17.field = 4) THEN 2 END * CASE WHEN (anon_46.kind = 'typo') THEN 3 WHEN (search_posting_17.term = anon_46.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_5 AS anon_46 JOIN search_posting AS search_posting_17 ON anon_46.found > 0 AND search_posting_17.term BETWEEN anon_46.first AND anon_46.last AND (anon_46.kind != 'typo' OR search_posting_17.field != 4) 
WHERE NOT ((SELECT max(anon_5.word) AS max_2 
FROM anon_5) = 0 AND (SELECT count(*) AS count_5 
FROM anon_3) >= 3) AND anon_46.word + 0 = (SELECT anon_5.word 
FROM anon_5 GROUP BY anon_5.word ORDER BY sum(anon_5.found), anon_5.word 
 LIMIT 1 OFFSET 0) AND ($2::VARCHAR IS NULL OR search_posting_17.node_type IN (SELECT (anon_48.value #>> '{}') AS anon_47 
FROM (SELECT position, value FROM json_array_elements(CAST($2::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_48)) GROUP BY search_posting_17.popularity, search_posting_17.node_type, search_posting_17.node_id), 
anon_41 AS MATERIALIZED 
(SELECT anon_42.points + CASE WHEN ((SELECT max(anon_5.word) AS max_3 
FROM anon_5) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_5.word) AS max_3 
FROM anon_5)) THEN sum(anon_44.points) END AS anon_43 
FROM (SELECT max(CASE WHEN (anon_45.kind = 'typed' AND search_posting_16.field = 1) THEN 4000 WHEN (anon_45.kind = 'letters' AND search_posting_16.field = 1) THEN 3000 WHEN (anon_45.kind = 'typed' AND search_posting_16.field = 2) THEN 2000 WHEN (anon_45.kind = 'letters' AND search_posting_16.field = 2) THEN 1000 WHEN (anon_45.kind = 'whole typo' AND search_posting_16.field = 1) THEN 39 WHEN (anon_45.kind = 'whole typo' AND search_posting_16.field = 2) THEN 36 ELSE CASE WHEN (search_posting_16.field = 1) THEN 10 WHEN (search_posting_16.field = 2) THEN 8 WHEN (search_posting_16.field = 3) THEN 4 WHEN (search_posting_16.field = 4) THEN 2 END * CASE WHEN (anon_45.kind = 'typo') THEN 3 WHEN (search_posting_16.term = anon_45.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_5 AS anon_45 JOIN search_posting AS search_posting_16 ON anon_45.found > 0 AND search_posting_16.term BETWEEN anon_45.first AND anon_45.last AND (anon_45.kind != 'typo' OR search_posting_16.field != 4) 
WHERE anon_45.word != (SELECT anon_5.word 
FROM anon_5 GROUP BY anon_5.word ORDER BY sum(anon_5.found), anon_5.word 
 LIMIT 1 OFFSET 0) AND search_posting_16.node_type = anon_42.node_type AND search_posting_16.node_id = anon_42.node_id GROUP BY anon_45.word) AS anon_44) END AS score, anon_42.popularity AS popularity, anon_42.node_type AS node_type, anon_42.node_id AS node_id 
FROM anon_42), 
anon_1 AS MATERIALIZED 
(SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM (SELECT anon_3.score AS score, anon_3.popularity AS popularity, anon_3.node_type AS node_type, anon_3.node_id AS node_id 
FROM anon_3 
WHERE (SELECT max(anon_5.word) AS max_2 
FROM anon_5) = 0 AND (SELECT count(*) AS count_5 
FROM anon_3) >= 3 UNION ALL SELECT anon_40.score AS score, anon_40.popularity AS popularity, anon_40.node_type AS node_type, anon_40.node_id AS node_id 
FROM (SELECT anon_41.score AS score, anon_41.popularity AS popularity, anon_41.node_type AS node_type, anon_41.node_id AS node_id 
FROM anon_41 
WHERE anon_41.score IS NOT NULL) AS anon_40) AS anon_2 ORDER BY anon_2.score DESC, anon_2.popularity DESC, anon_2.node_type DESC, anon_2.node_id DESC 
 LIMIT 3 OFFSET 0), 
anon_59 AS MATERIALIZED 
(SELECT rows_1.node_type AS node_type, rows_1.node_id AS node_id, (SELECT search_document_1.words 
FROM search_document AS search_document_1 
WHERE search_document_1.node_type = rows_1.node_type AND search_document_1.node_id = rows_1.node_id) AS words 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1), 
anon_73 AS MATERIALIZED 
(SELECT anon_59.node_type AS node_type, anon_59.node_id AS node_id, anon_75.value ->> 0 AS term, CAST(anon_75.value ->> 1 AS INTEGER) AS field, CAST(anon_75.value ->> 2 AS INTEGER) AS start, CAST(anon_75.value ->> 2 AS INTEGER) + CAST(anon_75.value ->> 3 AS INTEGER) AS "end" 
FROM anon_59 JOIN json_array_elements(anon_59.words) AS anon_75 ON true 
WHERE CAST(anon_75.value ->> 3 AS INTEGER) > 0 OR CAST(anon_75.value ->> 1 AS INTEGER) = 4), 
anon_72 AS 
(SELECT anon_73.node_type AS node_type, anon_73.node_id AS node_id, anon_73.field AS field, anon_74.word AS word, anon_73.start AS start, anon_73."end" AS "end", CASE WHEN (anon_74.kind = 'typo') THEN 1 ELSE 0 END AS has_typo 
FROM anon_73 JOIN anon_5 AS anon_74 ON anon_74.found > 0 AND ((anon_73.term) COLLATE "C") BETWEEN anon_74.first AND anon_74.last AND (anon_74.kind != 'typo' OR anon_73.field != 4)), 
anon_71 AS 
(SELECT anon_72.node_type AS node_type, anon_72.node_id AS node_id, anon_72.field AS field, anon_72.word AS word, anon_72.start AS start, anon_72."end" AS "end", anon_72.has_typo AS has_typo, min(anon_72.has_typo) OVER (PARTITION BY anon_72.node_type, anon_72.node_id, anon_72.word) AS least 
FROM anon_72), 
anon_70 AS 
(SELECT anon_71.node_type AS node_type, anon_71.node_id AS node_id, anon_71.field AS field, anon_71.word AS word, anon_71.start AS start, min(anon_71."end") AS "end" 
FROM anon_71 
WHERE anon_71.has_typo = anon_71.least GROUP BY anon_71.node_type, anon_71.node_id, anon_71.field, anon_71.word, anon_71.start), 
anon_69 AS 
(SELECT anon_70.node_type AS node_type, anon_70.node_id AS node_id, anon_70.field AS field, anon_70.word AS word, anon_70.start AS start, anon_70."end" AS "end", dense_rank() OVER (PARTITION BY anon_70.node_type, anon_70.node_id, anon_70.field ORDER BY anon_70.word) AS nth_word 
FROM anon_70), 
anon_68 AS 
(SELECT anon_69.node_type AS node_type, anon_69.node_id AS node_id, anon_69.field AS field, anon_69.word AS word, anon_69.start AS start, anon_69."end" AS "end", anon_69.nth_word AS nth_word, max(anon_69.nth_word) OVER (PARTITION BY anon_69.node_type, anon_69.node_id, anon_69.field) AS words 
FROM anon_69), 
anon_67 AS 
(SELECT anon_68.node_type AS node_type, anon_68.node_id AS node_id, anon_68.field AS field, anon_68.word AS word, anon_68.start AS start, anon_68."end" AS "end", anon_68.nth_word AS nth_word, anon_68.words AS words, dense_rank() OVER (PARTITION BY anon_68.node_type, anon_68.node_id ORDER BY anon_68.words DESC, anon_68.field) AS place 
FROM anon_68), 
anon_66 AS 
(SELECT anon_67.node_type AS node_type, anon_67.node_id AS node_id, anon_67.field AS field, anon_67.word AS word, anon_67.start AS start, anon_67."end" AS "end", anon_67.nth_word AS nth_word, anon_67.words AS words, anon_67.place AS place 
FROM anon_67 
WHERE anon_67.place = 1), 
anon_65 AS 
(SELECT anon_66.node_type AS node_type, anon_66.node_id AS node_id, anon_66.field AS field, anon_66.word AS word, anon_66.start AS start, anon_66."end" AS "end", anon_66.nth_word AS nth_word, anon_66.words AS words, anon_66.place AS place, max(anon_66."end") OVER (PARTITION BY anon_66.node_type, anon_66.node_id ORDER BY anon_66.start, anon_66."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND $6::INTEGER PRECEDING) AS covered 
FROM anon_66), 
anon_64 AS 
(SELECT anon_65.node_type AS node_type, anon_65.node_id AS node_id, anon_65.field AS field, anon_65.word AS word, anon_65.start AS start, anon_65."end" AS "end", anon_65.nth_word AS nth_word, anon_65.words AS words, anon_65.place AS place, anon_65.covered AS covered, sum(CASE WHEN (anon_65.start <= anon_65.covered) THEN 0 ELSE 1 END) OVER (PARTITION BY anon_65.node_type, anon_65.node_id ORDER BY anon_65.start, anon_65."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run 
FROM anon_65), 
anon_62 AS 
(SELECT anon_64.node_type AS node_type, anon_64.node_id AS node_id, max(anon_64.field) AS field, min(anon_64.start) AS start, max(anon_64."end") AS "end" 
FROM anon_64 GROUP BY anon_64.node_type, anon_64.node_id, anon_64.run), 
anon_61 AS MATERIALIZED 
(SELECT anon_62.node_type AS node_type, anon_62.node_id AS node_id, anon_62.field AS field, anon_62.start AS start, anon_62."end" AS "end", (SELECT CASE WHEN (anon_62.field = 1) THEN search_document_2.title WHEN (anon_62.field = 2) THEN search_document_2.slug WHEN (anon_62.field = 3) THEN search_document_2.description ELSE search_document_2.participants ->> anon_62.start END AS anon_63 
FROM search_document AS search_document_2 
WHERE search_document_2.node_type = anon_62.node_type AND search_document_2.node_id = anon_62.node_id) AS text, min(anon_62.start) OVER (PARTITION BY anon_62.node_type, anon_62.node_id) AS first 
FROM anon_62), 
anon_60 AS 
(SELECT anon_61.node_type AS node_type, anon_61.node_id AS node_id, anon_61.field AS field, anon_61.start AS start, anon_61."end" AS "end", anon_61.text AS text, anon_61.first AS first, length(anon_61.text) AS length 
FROM anon_61), 
anon_56 AS MATERIALIZED 
(SELECT anon_60.node_type AS node_type, anon_60.node_id AS node_id, anon_60.field AS field, anon_60.start AS start, anon_60."end" AS "end", anon_60.text AS text, anon_60.first AS first, anon_60.length AS length, CASE WHEN (anon_60.field != 4 AND CASE WHEN (anon_60.first - 60 < anon_60.length - 200) THEN anon_60.first - 60 ELSE anon_60.length - 200 END > 0) THEN (SELECT min(CAST(anon_57.value ->> 2 AS INTEGER)) AS min_1 
FROM anon_59 AS anon_58 JOIN json_array_elements(anon_58.words) AS anon_57 ON true 
WHERE anon_58.node_type = anon_60.node_type AND anon_58.node_id = anon_60.node_id AND CAST(anon_57.value ->> 1 AS INTEGER) = anon_60.field AND CAST(anon_57.value ->> 2 AS INTEGER) >= CASE WHEN (anon_60.first - 60 < anon_60.length - 200) THEN anon_60.first - 60 ELSE anon_60.length - 200 END) ELSE 0 END AS begin 
FROM anon_60), 
anon_55 AS MATERIALIZED 
(SELECT anon_56.node_type AS node_type, anon_56.node_id AS node_id, anon_56.field AS field, anon_56.start AS start, anon_56."end" AS "end", anon_56.text AS text, anon_56.first AS first, anon_56.length AS length, anon_56.begin AS begin, CASE WHEN (anon_56.length <= anon_56.begin + 200) THEN anon_56.length ELSE coalesce((SELECT max(CAST(anon_57.value ->> 2 AS INTEGER) + CAST(anon_57.value ->> 3 AS INTEGER)) AS max_4 
FROM anon_59 AS anon_58 JOIN json_array_elements(anon_58.words) AS anon_57 ON true 
WHERE anon_58.node_type = anon_56.node_type AND anon_58.node_id = anon_56.node_id AND CAST(anon_57.value ->> 1 AS INTEGER) = anon_56.field AND CAST(anon_57.value ->> 2 AS INTEGER) >= anon_56.first AND CAST(anon_57.value ->> 2 AS INTEGER) + CAST(anon_57.value ->> 3 AS INTEGER) <= anon_56.begin + 200), anon_56.begin + 200) END AS finish 
FROM anon_56), 
anon_54 AS 
(SELECT anon_55.node_type AS node_type, anon_55.node_id AS node_id, anon_55.field AS field, anon_55.start AS start, anon_55."end" AS "end", anon_55.text AS text, anon_55.first AS first, anon_55.length AS length, anon_55.begin AS begin, anon_55.finish AS finish, lag(anon_55."end") OVER (PARTITION BY anon_55.node_type, anon_55.node_id ORDER BY anon_55.start) AS before, lead(anon_55.start) OVER (PARTITION BY anon_55.node_type, anon_55.node_id ORDER BY anon_55.start) AS after 
FROM anon_55 
WHERE anon_55.field = 4 OR anon_55.start < anon_55.finish), 
anon_53 AS 
(SELECT anon_54.node_type AS node_type, anon_54.node_id AS node_id, CASE WHEN (anon_54.field = 4) THEN CASE WHEN (anon_54.before IS NULL) THEN '' ELSE ', ' END || '<mark>' || replace(replace(replace(replace(replace(anon_54.text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' ELSE CASE WHEN (anon_54.before IS NULL AND anon_54.begin > 0) THEN '…' ELSE '' END || replace(replace(replace(replace(replace(substr(anon_54.text, coalesce(anon_54.before, anon_54.begin) + 1, anon_54.start - coalesce(anon_54.before, anon_54.begin)), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '<mark>' || replace(replace(replace(replace(replace(substr(anon_54.text, anon_54.start + 1, CASE WHEN (anon_54."end" < anon_54.finish) THEN anon_54."end" ELSE anon_54.finish END - anon_54.start), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' || CASE WHEN (anon_54.after IS NULL) THEN replace(replace(replace(replace(replace(substr(anon_54.text, CASE WHEN (anon_54."end" < anon_54.finish) THEN anon_54."end" ELSE anon_54.finish END + 1, anon_54.finish - CASE WHEN (anon_54."end" < anon_54.finish) THEN anon_54."end" ELSE anon_54.finish END), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || CASE WHEN (anon_54.finish < anon_54.length) THEN '…' ELSE '' END ELSE '' END END AS piece 
FROM anon_54 ORDER BY anon_54.node_type, anon_54.node_id, anon_54.start), 
anon_52 AS MATERIALIZED 
(SELECT anon_53.node_type AS node_type, anon_53.node_id AS node_id, string_agg(anon_53.piece, '') AS snippet 
FROM anon_53 GROUP BY anon_53.node_type, anon_53.node_id)
 SELECT (SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM anon_1) > 2) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce(to_json((SELECT '[' || to_json($3::VARCHAR)::text || ',' || coalesce(CAST(anon_49.score AS TEXT), 'null') || ',' || CAST(anon_49.popularity AS TEXT) || ',' || to_json(anon_49.node_type)::text || ',' || CAST(anon_49.node_id AS TEXT) || ']' AS json_3 
FROM (SELECT rows_1.score AS score, rows_1.popularity AS popularity, rows_1.node_type AS node_type, rows_1.node_id AS node_id 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score DESC, rows_1.popularity DESC, rows_1.node_type DESC, rows_1.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_49))::text, 'null') || ',"endCursor":' || coalesce(to_json((SELECT '[' || to_json($4::VARCHAR)::text || ',' || coalesce(CAST(anon_50.score AS TEXT), 'null') || ',' || CAST(anon_50.popularity AS TEXT) || ',' || to_json(anon_50.node_type)::text || ',' || CAST(anon_50.node_id AS TEXT) || ']' AS json_4 
FROM (SELECT rows_1.score AS score, rows_1.popularity AS popularity, rows_1.node_type AS node_type, rows_1.node_id AS node_id 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score ASC, rows_1.popularity ASC, rows_1.node_type ASC, rows_1.node_id ASC 
 LIMIT 1 OFFSET 0) AS anon_50))::text, 'null') || '}}' AS json_1 
FROM (SELECT '{"cursor":' || to_json('[' || to_json($5::VARCHAR)::text || ',' || coalesce(CAST(rows_1.score AS TEXT), 'null') || ',' || CAST(rows_1.popularity AS TEXT) || ',' || to_json(rows_1.node_type)::text || ',' || CAST(rows_1.node_id AS TEXT) || ']')::text || ',"score":' || coalesce(CAST(rows_1.score AS TEXT), 'null') || ',"snippet":' || coalesce(to_json((SELECT anon_52.snippet 
FROM anon_52 
WHERE anon_52.node_type = rows_1.node_type AND anon_52.node_id = rows_1.node_id))::text, 'null') || ',"node":' || coalesce(CASE WHEN (rows_1.node_type = $7::VARCHAR COLLATE "C") THEN (SELECT '{"slug":' || to_json(package_1.slug)::text || '}' AS json_5 
FROM package AS package_1 
WHERE package_1.id = rows_1.node_id) WHEN (rows_1.node_type = $8::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_76 
FROM grid AS grid_1 
WHERE grid_1.id = rows_1.node_id) WHEN (rows_1.node_type = $9::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_77 
FROM category AS category_1 
WHERE category_1.id = rows_1.node_id) END, 'null') || '}' AS element_1 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score DESC, rows_1.popularity DESC, rows_1.node_type DESC, rows_1.node_id DESC) AS anon_51) AS root_0;
