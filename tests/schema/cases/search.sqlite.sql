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
anon_25 AS MATERIALIZED 
(SELECT anon_26.score AS score, anon_26.popularity AS popularity, anon_26.node_type AS node_type, anon_26.node_id AS node_id 
FROM (SELECT 4000 AS score, search_posting_6.popularity AS popularity, search_posting_6.node_type AS node_type, search_posting_6.node_id AS node_id 
FROM search_posting AS search_posting_6 
WHERE search_posting_6.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_6.field = 1 AND (? IS NULL OR search_posting_6.node_type IN (SELECT anon_28.value AS anon_27 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_28)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_29 JOIN search_posting AS search_posting_7 ON anon_29.found > 0 AND search_posting_7.term BETWEEN anon_29.first AND anon_29.last AND (anon_29.kind != 'typo' OR search_posting_7.field != 4) 
WHERE search_posting_7.node_type = search_posting_6.node_type AND search_posting_7.node_id = search_posting_6.node_id AND CASE WHEN (anon_29.kind = 'typed' AND search_posting_7.field = 1) THEN 4000 WHEN (anon_29.kind = 'letters' AND search_posting_7.field = 1) THEN 3000 WHEN (anon_29.kind = 'typed' AND search_posting_7.field = 2) THEN 2000 WHEN (anon_29.kind = 'letters' AND search_posting_7.field = 2) THEN 1000 WHEN (anon_29.kind = 'whole typo' AND search_posting_7.field = 1) THEN 39 WHEN (anon_29.kind = 'whole typo' AND search_posting_7.field = 2) THEN 36 ELSE CASE WHEN (search_posting_7.field = 1) THEN 10 WHEN (search_posting_7.field = 2) THEN 8 WHEN (search_posting_7.field = 3) THEN 4 WHEN (search_posting_7.field = 4) THEN 2 END * CASE WHEN (anon_29.kind = 'typo') THEN 3 WHEN (search_posting_7.term = anon_29.first) THEN 10 ELSE 6 END END > 4000)) ORDER BY search_posting_6.popularity DESC, search_posting_6.node_type DESC, search_posting_6.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_26 UNION ALL SELECT anon_30.score AS score, anon_30.popularity AS popularity, anon_30.node_type AS node_type, anon_30.node_id AS node_id 
FROM (SELECT 3000 AS score, search_posting_8.popularity AS popularity, search_posting_8.node_type AS node_type, search_posting_8.node_id AS node_id 
FROM search_posting AS search_posting_8 
WHERE search_posting_8.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_8.field = 1 AND (? IS NULL OR search_posting_8.node_type IN (SELECT anon_32.value AS anon_31 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_32)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_33 JOIN search_posting AS search_posting_9 ON anon_33.found > 0 AND search_posting_9.term BETWEEN anon_33.first AND anon_33.last AND (anon_33.kind != 'typo' OR search_posting_9.field != 4) 
WHERE search_posting_9.node_type = search_posting_8.node_type AND search_posting_9.node_id = search_posting_8.node_id AND CASE WHEN (anon_33.kind = 'typed' AND search_posting_9.field = 1) THEN 4000 WHEN (anon_33.kind = 'letters' AND search_posting_9.field = 1) THEN 3000 WHEN (anon_33.kind = 'typed' AND search_posting_9.field = 2) THEN 2000 WHEN (anon_33.kind = 'letters' AND search_posting_9.field = 2) THEN 1000 WHEN (anon_33.kind = 'whole typo' AND search_posting_9.field = 1) THEN 39 WHEN (anon_33.kind = 'whole typo' AND search_posting_9.field = 2) THEN 36 ELSE CASE WHEN (search_posting_9.field = 1) THEN 10 WHEN (search_posting_9.field = 2) THEN 8 WHEN (search_posting_9.field = 3) THEN 4 WHEN (search_posting_9.field = 4) THEN 2 END * CASE WHEN (anon_33.kind = 'typo') THEN 3 WHEN (search_posting_9.term = anon_33.first) THEN 10 ELSE 6 END END > 3000)) ORDER BY search_posting_8.popularity DESC, search_posting_8.node_type DESC, search_posting_8.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_30 UNION ALL SELECT anon_34.score AS score, anon_34.popularity AS popularity, anon_34.node_type AS node_type, anon_34.node_id AS node_id 
FROM (SELECT 2000 AS score, search_posting_10.popularity AS popularity, search_posting_10.node_type AS node_type, search_posting_10.node_id AS node_id 
FROM search_posting AS search_posting_10 
WHERE search_posting_10.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_10.field = 2 AND (? IS NULL OR search_posting_10.node_type IN (SELECT anon_36.value AS anon_35 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_36)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_37 JOIN search_posting AS search_posting_11 ON anon_37.found > 0 AND search_posting_11.term BETWEEN anon_37.first AND anon_37.last AND (anon_37.kind != 'typo' OR search_posting_11.field != 4) 
WHERE search_posting_11.node_type = search_posting_10.node_type AND search_posting_11.node_id = search_posting_10.node_id AND CASE WHEN (anon_37.kind = 'typed' AND search_posting_11.field = 1) THEN 4000 WHEN (anon_37.kind = 'letters' AND search_posting_11.field = 1) THEN 3000 WHEN (anon_37.kind = 'typed' AND search_posting_11.field = 2) THEN 2000 WHEN (anon_37.kind = 'letters' AND search_posting_11.field = 2) THEN 1000 WHEN (anon_37.kind = 'whole typo' AND search_posting_11.field = 1) THEN 39 WHEN (anon_37.kind = 'whole typo' AND search_posting_11.field = 2) THEN 36 ELSE CASE WHEN (search_posting_11.field = 1) THEN 10 WHEN (search_posting_11.field = 2) THEN 8 WHEN (search_posting_11.field = 3) THEN 4 WHEN (search_posting_11.field = 4) THEN 2 END * CASE WHEN (anon_37.kind = 'typo') THEN 3 WHEN (search_posting_11.term = anon_37.first) THEN 10 ELSE 6 END END > 2000)) ORDER BY search_posting_10.popularity DESC, search_posting_10.node_type DESC, search_posting_10.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_34 UNION ALL SELECT anon_38.score AS score, anon_38.popularity AS popularity, anon_38.node_type AS node_type, anon_38.node_id AS node_id 
FROM (SELECT 1000 AS score, search_posting_12.popularity AS popularity, search_posting_12.node_type AS node_type, search_posting_12.node_id AS node_id 
FROM search_posting AS search_posting_12 
WHERE search_posting_12.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_12.field = 2 AND (? IS NULL OR search_posting_12.node_type IN (SELECT anon_40.value AS anon_39 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_40)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_41 JOIN search_posting AS search_posting_13 ON anon_41.found > 0 AND search_posting_13.term BETWEEN anon_41.first AND anon_41.last AND (anon_41.kind != 'typo' OR search_posting_13.field != 4) 
WHERE search_posting_13.node_type = search_posting_12.node_type AND search_posting_13.node_id = search_posting_12.node_id AND CASE WHEN (anon_41.kind = 'typed' AND search_posting_13.field = 1) THEN 4000 WHEN (anon_41.kind = 'letters' AND search_posting_13.field = 1) THEN 3000 WHEN (anon_41.kind = 'typed' AND search_posting_13.field = 2) THEN 2000 WHEN (anon_41.kind = 'letters' AND search_posting_13.field = 2) THEN 1000 WHEN (anon_41.kind = 'whole typo' AND search_posting_13.field = 1) THEN 39 WHEN (anon_41.kind = 'whole typo' AND search_posting_13.field = 2) THEN 36 ELSE CASE WHEN (search_posting_13.field = 1) THEN 10 WHEN (search_posting_13.field = 2) THEN 8 WHEN (search_posting_13.field = 3) THEN 4 WHEN (search_posting_13.field = 4) THEN 2 END * CASE WHEN (anon_41.kind = 'typo') THEN 3 WHEN (search_posting_13.term = anon_41.first) THEN 10 ELSE 6 END END > 1000)) ORDER BY search_posting_12.popularity DESC, search_posting_12.node_type DESC, search_posting_12.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_38 UNION ALL SELECT anon_42.score AS score, anon_42.popularity AS popularity, anon_42.node_type AS node_type, anon_42.node_id AS node_id 
FROM (SELECT 100 AS score, search_posting_14.popularity AS popularity, search_posting_14.node_type AS node_type, search_posting_14.node_id AS node_id 
FROM search_posting AS search_posting_14 
WHERE search_posting_14.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_14.field = 1 AND (? IS NULL OR search_posting_14.node_type IN (SELECT anon_44.value AS anon_43 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_44)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_45 JOIN search_posting AS search_posting_15 ON anon_45.found > 0 AND search_posting_15.term BETWEEN anon_45.first AND anon_45.last AND (anon_45.kind != 'typo' OR search_posting_15.field != 4) 
WHERE search_posting_15.node_type = search_posting_14.node_type AND search_posting_15.node_id = search_posting_14.node_id AND CASE WHEN (anon_45.kind = 'typed' AND search_posting_15.field = 1) THEN 4000 WHEN (anon_45.kind = 'letters' AND search_posting_15.field = 1) THEN 3000 WHEN (anon_45.kind = 'typed' AND search_posting_15.field = 2) THEN 2000 WHEN (anon_45.kind = 'letters' AND search_posting_15.field = 2) THEN 1000 WHEN (anon_45.kind = 'whole typo' AND search_posting_15.field = 1) THEN 39 WHEN (anon_45.kind = 'whole typo' AND search_posting_15.field = 2) THEN 36 ELSE CASE WHEN (search_posting_15.field = 1) THEN 10 WHEN (search_posting_15.field = 2) THEN 8 WHEN (search_posting_15.field = 3) THEN 4 WHEN (search_posting_15.field = 4) THEN 2 END * CASE WHEN (anon_45.kind = 'typo') THEN 3 WHEN (search_posting_15.term = anon_45.first) THEN 10 ELSE 6 END END > 100)) ORDER BY search_posting_14.popularity DESC, search_posting_14.node_type DESC, search_posting_14.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_42 UNION ALL SELECT anon_46.score AS score, anon_46.popularity AS popularity, anon_46.node_type AS node_type, anon_46.node_id AS node_id 
FROM (SELECT 80 AS score, search_posting_16.popularity AS popularity, search_posting_16.node_type AS node_type, search_posting_16.node_id AS node_id 
FROM search_posting AS search_posting_16 
WHERE search_posting_16.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_16.field = 2 AND (? IS NULL OR search_posting_16.node_type IN (SELECT anon_48.value AS anon_47 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_48)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_49 JOIN search_posting AS search_posting_17 ON anon_49.found > 0 AND search_posting_17.term BETWEEN anon_49.first AND anon_49.last AND (anon_49.kind != 'typo' OR search_posting_17.field != 4) 
WHERE search_posting_17.node_type = search_posting_16.node_type AND search_posting_17.node_id = search_posting_16.node_id AND CASE WHEN (anon_49.kind = 'typed' AND search_posting_17.field = 1) THEN 4000 WHEN (anon_49.kind = 'letters' AND search_posting_17.field = 1) THEN 3000 WHEN (anon_49.kind = 'typed' AND search_posting_17.field = 2) THEN 2000 WHEN (anon_49.kind = 'letters' AND search_posting_17.field = 2) THEN 1000 WHEN (anon_49.kind = 'whole typo' AND search_posting_17.field = 1) THEN 39 WHEN (anon_49.kind = 'whole typo' AND search_posting_17.field = 2) THEN 36 ELSE CASE WHEN (search_posting_17.field = 1) THEN 10 WHEN (search_posting_17.field = 2) THEN 8 WHEN (search_posting_17.field = 3) THEN 4 WHEN (search_posting_17.field = 4) THEN 2 END * CASE WHEN (anon_49.kind = 'typo') THEN 3 WHEN (search_posting_17.term = anon_49.first) THEN 10 ELSE 6 END END > 80)) ORDER BY search_posting_16.popularity DESC, search_posting_16.node_type DESC, search_posting_16.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_46), 
anon_52 AS 
(SELECT search_posting_19.popularity AS popularity, search_posting_19.node_type AS node_type, search_posting_19.node_id AS node_id, max(CASE WHEN (anon_56.kind = 'typed' AND search_posting_19.field = 1) THEN 4000 WHEN (anon_56.kind = 'letters' AND search_posting_19.field = 1) THEN 3000 WHEN (anon_56.kind = 'typed' AND search_posting_19.field = 2) THEN 2000 WHEN (anon_56.kind = 'letters' AND search_posting_19.field = 2) THEN 1000 WHEN (anon_56.kind = 'whole typo' AND search_posting_19.field = 1) THEN 39 WHEN (anon_56.kind = 'whole typo' AND search_posting_19.field = 2) THEN 36 ELSE CASE WHEN (search_posting_19.field = 1) THEN 10 WHEN (search_posting_19.field = 2) THEN 8 WHEN (search_posting_19.field = 3) THEN 4 WHEN (search_posting_19.field = 4) THEN 2 END * CASE WHEN (anon_56.kind = 'typo') THEN 3 WHEN (search_posting_19.term = anon_56.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_4 AS anon_56 JOIN search_posting AS search_posting_19 ON anon_56.found > 0 AND search_posting_19.term BETWEEN anon_56.first AND anon_56.last AND (anon_56.kind != 'typo' OR search_posting_19.field != 4) 
WHERE NOT ((SELECT max(anon_4.word) AS max_3 
FROM anon_4) = 0 AND (SELECT count(*) AS count_5 
FROM anon_25) >= 3) AND anon_56.word + 0 = (SELECT anon_4.word 
FROM anon_4 GROUP BY anon_4.word ORDER BY sum(anon_4.found), anon_4.word
 LIMIT 1 OFFSET 0) AND (? IS NULL OR search_posting_19.node_type IN (SELECT anon_58.value AS anon_57 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_58)) GROUP BY search_posting_19.popularity, search_posting_19.node_type, search_posting_19.node_id), 
anon_51 AS MATERIALIZED 
(SELECT anon_52.points + CASE WHEN ((SELECT max(anon_4.word) AS max_4 
FROM anon_4) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_4.word) AS max_4 
FROM anon_4)) THEN sum(anon_54.points) END AS anon_53 
FROM (SELECT max(CASE WHEN (anon_55.kind = 'typed' AND search_posting_18.field = 1) THEN 4000 WHEN (anon_55.kind = 'letters' AND search_posting_18.field = 1) THEN 3000 WHEN (anon_55.kind = 'typed' AND search_posting_18.field = 2) THEN 2000 WHEN (anon_55.kind = 'letters' AND search_posting_18.field = 2) THEN 1000 WHEN (anon_55.kind = 'whole typo' AND search_posting_18.field = 1) THEN 39 WHEN (anon_55.kind = 'whole typo' AND search_posting_18.field = 2) THEN 36 ELSE CASE WHEN (search_posting_18.field = 1) THEN 10 WHEN (search_posting_18.field = 2) THEN 8 WHEN (search_posting_18.field = 3) THEN 4 WHEN (search_posting_18.field = 4) THEN 2 END * CASE WHEN (anon_55.kind = 'typo') THEN 3 WHEN (search_posting_18.term = anon_55.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_4 AS anon_55 JOIN search_posting AS search_posting_18 ON anon_55.found > 0 AND search_posting_18.term BETWEEN anon_55.first AND anon_55.last AND (anon_55.kind != 'typo' OR search_posting_18.field != 4) 
WHERE anon_55.word != (SELECT anon_4.word 
FROM anon_4 GROUP BY anon_4.word ORDER BY sum(anon_4.found), anon_4.word
 LIMIT 1 OFFSET 0) AND search_posting_18.node_type = anon_52.node_type AND search_posting_18.node_id = anon_52.node_id GROUP BY anon_55.word) AS anon_54) END AS score, anon_52.popularity AS popularity, anon_52.node_type AS node_type, anon_52.node_id AS node_id 
FROM anon_52), 
anon_23 AS MATERIALIZED 
(SELECT anon_24.score AS score, anon_24.popularity AS popularity, anon_24.node_type AS node_type, anon_24.node_id AS node_id 
FROM (SELECT anon_25.score AS score, anon_25.popularity AS popularity, anon_25.node_type AS node_type, anon_25.node_id AS node_id 
FROM anon_25 
WHERE (SELECT max(anon_4.word) AS max_3 
FROM anon_4) = 0 AND (SELECT count(*) AS count_5 
FROM anon_25) >= 3 UNION ALL SELECT anon_50.score AS score, anon_50.popularity AS popularity, anon_50.node_type AS node_type, anon_50.node_id AS node_id 
FROM (SELECT anon_51.score AS score, anon_51.popularity AS popularity, anon_51.node_type AS node_type, anon_51.node_id AS node_id 
FROM anon_51 
WHERE anon_51.score IS NOT NULL) AS anon_50) AS anon_24 ORDER BY anon_24.score DESC, anon_24.popularity DESC, anon_24.node_type DESC, anon_24.node_id DESC
 LIMIT 3 OFFSET 0)
 SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM (SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM anon_2 
WHERE anon_2.score IS NOT NULL) AS anon_1) AS TEXT), 'null') || ',"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT coalesce(CASE WHEN (anon_23.node_type = ?) THEN (SELECT '{"__typename":"Package","slug":' || json_quote(package_1.slug) || ',"title":' || json_quote(package_1.title) || '}' AS json_3 
FROM package AS package_1 
WHERE package_1.id = anon_23.node_id) WHEN (anon_23.node_type = ?) THEN (SELECT '{"__typename":"Grid","slug":' || json_quote(grid_1.slug) || ',"title":' || json_quote(grid_1.title) || '}' AS json_4 
FROM grid AS grid_1 
WHERE grid_1.id = anon_23.node_id) WHEN (anon_23.node_type = ?) THEN (SELECT '{"__typename":"Category","slug":' || json_quote(category_1.slug) || ',"title":' || json_quote(category_1.title) || '}' AS json_5 
FROM category AS category_1 
WHERE category_1.id = anon_23.node_id) END, 'null') AS element_1 
FROM anon_23) AS anon_22) AS root_0;
