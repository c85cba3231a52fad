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
anon_28 AS MATERIALIZED 
(SELECT anon_29.score AS score, anon_29.popularity AS popularity, anon_29.node_type AS node_type, anon_29.node_id AS node_id 
FROM (SELECT 4000 AS score, search_posting_6.popularity AS popularity, search_posting_6.node_type AS node_type, search_posting_6.node_id AS node_id 
FROM search_posting AS search_posting_6 
WHERE search_posting_6.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_6.field = 1 AND (? IS NULL OR search_posting_6.node_type IN (SELECT anon_31.value AS anon_30 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_31)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_32 JOIN search_posting AS search_posting_7 ON anon_32.found > 0 AND search_posting_7.term BETWEEN anon_32.first AND anon_32.last AND (anon_32.kind != 'typo' OR search_posting_7.field != 4) 
WHERE search_posting_7.node_type = search_posting_6.node_type AND search_posting_7.node_id = search_posting_6.node_id AND CASE WHEN (anon_32.kind = 'typed' AND search_posting_7.field = 1) THEN 4000 WHEN (anon_32.kind = 'letters' AND search_posting_7.field = 1) THEN 3000 WHEN (anon_32.kind = 'typed' AND search_posting_7.field = 2) THEN 2000 WHEN (anon_32.kind = 'letters' AND search_posting_7.field = 2) THEN 1000 WHEN (anon_32.kind = 'whole typo' AND search_posting_7.field = 1) THEN 39 WHEN (anon_32.kind = 'whole typo' AND search_posting_7.field = 2) THEN 36 ELSE CASE WHEN (search_posting_7.field = 1) THEN 10 WHEN (search_posting_7.field = 2) THEN 8 WHEN (search_posting_7.field = 3) THEN 4 WHEN (search_posting_7.field = 4) THEN 2 END * CASE WHEN (anon_32.kind = 'typo') THEN 3 WHEN (search_posting_7.term = anon_32.first) THEN 10 ELSE 6 END END > 4000)) ORDER BY search_posting_6.popularity DESC, search_posting_6.node_type DESC, search_posting_6.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_29 UNION ALL SELECT anon_33.score AS score, anon_33.popularity AS popularity, anon_33.node_type AS node_type, anon_33.node_id AS node_id 
FROM (SELECT 3000 AS score, search_posting_8.popularity AS popularity, search_posting_8.node_type AS node_type, search_posting_8.node_id AS node_id 
FROM search_posting AS search_posting_8 
WHERE search_posting_8.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_8.field = 1 AND (? IS NULL OR search_posting_8.node_type IN (SELECT anon_35.value AS anon_34 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_35)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_36 JOIN search_posting AS search_posting_9 ON anon_36.found > 0 AND search_posting_9.term BETWEEN anon_36.first AND anon_36.last AND (anon_36.kind != 'typo' OR search_posting_9.field != 4) 
WHERE search_posting_9.node_type = search_posting_8.node_type AND search_posting_9.node_id = search_posting_8.node_id AND CASE WHEN (anon_36.kind = 'typed' AND search_posting_9.field = 1) THEN 4000 WHEN (anon_36.kind = 'letters' AND search_posting_9.field = 1) THEN 3000 WHEN (anon_36.kind = 'typed' AND search_posting_9.field = 2) THEN 2000 WHEN (anon_36.kind = 'letters' AND search_posting_9.field = 2) THEN 1000 WHEN (anon_36.kind = 'whole typo' AND search_posting_9.field = 1) THEN 39 WHEN (anon_36.kind = 'whole typo' AND search_posting_9.field = 2) THEN 36 ELSE CASE WHEN (search_posting_9.field = 1) THEN 10 WHEN (search_posting_9.field = 2) THEN 8 WHEN (search_posting_9.field = 3) THEN 4 WHEN (search_posting_9.field = 4) THEN 2 END * CASE WHEN (anon_36.kind = 'typo') THEN 3 WHEN (search_posting_9.term = anon_36.first) THEN 10 ELSE 6 END END > 3000)) ORDER BY search_posting_8.popularity DESC, search_posting_8.node_type DESC, search_posting_8.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_33 UNION ALL SELECT anon_37.score AS score, anon_37.popularity AS popularity, anon_37.node_type AS node_type, anon_37.node_id AS node_id 
FROM (SELECT 2000 AS score, search_posting_10.popularity AS popularity, search_posting_10.node_type AS node_type, search_posting_10.node_id AS node_id 
FROM search_posting AS search_posting_10 
WHERE search_posting_10.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_10.field = 2 AND (? IS NULL OR search_posting_10.node_type IN (SELECT anon_39.value AS anon_38 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_39)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_40 JOIN search_posting AS search_posting_11 ON anon_40.found > 0 AND search_posting_11.term BETWEEN anon_40.first AND anon_40.last AND (anon_40.kind != 'typo' OR search_posting_11.field != 4) 
WHERE search_posting_11.node_type = search_posting_10.node_type AND search_posting_11.node_id = search_posting_10.node_id AND CASE WHEN (anon_40.kind = 'typed' AND search_posting_11.field = 1) THEN 4000 WHEN (anon_40.kind = 'letters' AND search_posting_11.field = 1) THEN 3000 WHEN (anon_40.kind = 'typed' AND search_posting_11.field = 2) THEN 2000 WHEN (anon_40.kind = 'letters' AND search_posting_11.field = 2) THEN 1000 WHEN (anon_40.kind = 'whole typo' AND search_posting_11.field = 1) THEN 39 WHEN (anon_40.kind = 'whole typo' AND search_posting_11.field = 2) THEN 36 ELSE CASE WHEN (search_posting_11.field = 1) THEN 10 WHEN (search_posting_11.field = 2) THEN 8 WHEN (search_posting_11.field = 3) THEN 4 WHEN (search_posting_11.field = 4) THEN 2 END * CASE WHEN (anon_40.kind = 'typo') THEN 3 WHEN (search_posting_11.term = anon_40.first) THEN 10 ELSE 6 END END > 2000)) ORDER BY search_posting_10.popularity DESC, search_posting_10.node_type DESC, search_posting_10.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_37 UNION ALL SELECT anon_41.score AS score, anon_41.popularity AS popularity, anon_41.node_type AS node_type, anon_41.node_id AS node_id 
FROM (SELECT 1000 AS score, search_posting_12.popularity AS popularity, search_posting_12.node_type AS node_type, search_posting_12.node_id AS node_id 
FROM search_posting AS search_posting_12 
WHERE search_posting_12.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_12.field = 2 AND (? IS NULL OR search_posting_12.node_type IN (SELECT anon_43.value AS anon_42 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_43)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_44 JOIN search_posting AS search_posting_13 ON anon_44.found > 0 AND search_posting_13.term BETWEEN anon_44.first AND anon_44.last AND (anon_44.kind != 'typo' OR search_posting_13.field != 4) 
WHERE search_posting_13.node_type = search_posting_12.node_type AND search_posting_13.node_id = search_posting_12.node_id AND CASE WHEN (anon_44.kind = 'typed' AND search_posting_13.field = 1) THEN 4000 WHEN (anon_44.kind = 'letters' AND search_posting_13.field = 1) THEN 3000 WHEN (anon_44.kind = 'typed' AND search_posting_13.field = 2) THEN 2000 WHEN (anon_44.kind = 'letters' AND search_posting_13.field = 2) THEN 1000 WHEN (anon_44.kind = 'whole typo' AND search_posting_13.field = 1) THEN 39 WHEN (anon_44.kind = 'whole typo' AND search_posting_13.field = 2) THEN 36 ELSE CASE WHEN (search_posting_13.field = 1) THEN 10 WHEN (search_posting_13.field = 2) THEN 8 WHEN (search_posting_13.field = 3) THEN 4 WHEN (search_posting_13.field = 4) THEN 2 END * CASE WHEN (anon_44.kind = 'typo') THEN 3 WHEN (search_posting_13.term = anon_44.first) THEN 10 ELSE 6 END END > 1000)) ORDER BY search_posting_12.popularity DESC, search_posting_12.node_type DESC, search_posting_12.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_41 UNION ALL SELECT anon_45.score AS score, anon_45.popularity AS popularity, anon_45.node_type AS node_type, anon_45.node_id AS node_id 
FROM (SELECT 100 AS score, search_posting_14.popularity AS popularity, search_posting_14.node_type AS node_type, search_posting_14.node_id AS node_id 
FROM search_posting AS search_posting_14 
WHERE search_posting_14.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_14.field = 1 AND (? IS NULL OR search_posting_14.node_type IN (SELECT anon_47.value AS anon_46 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_47)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_48 JOIN search_posting AS search_posting_15 ON anon_48.found > 0 AND search_posting_15.term BETWEEN anon_48.first AND anon_48.last AND (anon_48.kind != 'typo' OR search_posting_15.field != 4) 
WHERE search_posting_15.node_type = search_posting_14.node_type AND search_posting_15.node_id = search_posting_14.node_id AND CASE WHEN (anon_48.kind = 'typed' AND search_posting_15.field = 1) THEN 4000 WHEN (anon_48.kind = 'letters' AND search_posting_15.field = 1) THEN 3000 WHEN (anon_48.kind = 'typed' AND search_posting_15.field = 2) THEN 2000 WHEN (anon_48.kind = 'letters' AND search_posting_15.field = 2) THEN 1000 WHEN (anon_48.kind = 'whole typo' AND search_posting_15.field = 1) THEN 39 WHEN (anon_48.kind = 'whole typo' AND search_posting_15.field = 2) THEN 36 ELSE CASE WHEN (search_posting_15.field = 1) THEN 10 WHEN (search_posting_15.field = 2) THEN 8 WHEN (search_posting_15.field = 3) THEN 4 WHEN (search_posting_15.field = 4) THEN 2 END * CASE WHEN (anon_48.kind = 'typo') THEN 3 WHEN (search_posting_15.term = anon_48.first) THEN 10 ELSE 6 END END > 100)) ORDER BY search_posting_14.popularity DESC, search_posting_14.node_type DESC, search_posting_14.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_45 UNION ALL SELECT anon_49.score AS score, anon_49.popularity AS popularity, anon_49.node_type AS node_type, anon_49.node_id AS node_id 
FROM (SELECT 80 AS score, search_posting_16.popularity AS popularity, search_posting_16.node_type AS node_type, search_posting_16.node_id AS node_id 
FROM search_posting AS search_posting_16 
WHERE search_posting_16.term = (SELECT anon_4.first 
FROM anon_4 
WHERE anon_4.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_16.field = 2 AND (? IS NULL OR search_posting_16.node_type IN (SELECT anon_51.value AS anon_50 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_51)) AND NOT (EXISTS (SELECT 1 
FROM anon_4 AS anon_52 JOIN search_posting AS search_posting_17 ON anon_52.found > 0 AND search_posting_17.term BETWEEN anon_52.first AND anon_52.last AND (anon_52.kind != 'typo' OR search_posting_17.field != 4) 
WHERE search_posting_17.node_type = search_posting_16.node_type AND search_posting_17.node_id = search_posting_16.node_id AND CASE WHEN (anon_52.kind = 'typed' AND search_posting_17.field = 1) THEN 4000 WHEN (anon_52.kind = 'letters' AND search_posting_17.field = 1) THEN 3000 WHEN (anon_52.kind = 'typed' AND search_posting_17.field = 2) THEN 2000 WHEN (anon_52.kind = 'letters' AND search_posting_17.field = 2) THEN 1000 WHEN (anon_52.kind = 'whole typo' AND search_posting_17.field = 1) THEN 39 WHEN (anon_52.kind = 'whole typo' AND search_posting_17.field = 2) THEN 36 ELSE CASE WHEN (search_posting_17.field = 1) THEN 10 WHEN (search_posting_17.field = 2) THEN 8 WHEN (search_posting_17.field = 3) THEN 4 WHEN (search_posting_17.field = 4) THEN 2 END * CASE WHEN (anon_52.kind = 'typo') THEN 3 WHEN (search_posting_17.term = anon_52.first) THEN 10 ELSE 6 END END > 80)) ORDER BY search_posting_16.popularity DESC, search_posting_16.node_type DESC, search_posting_16.node_id DESC
 LIMIT 20 OFFSET 0) AS anon_49), 
anon_55 AS 
(SELECT search_posting_19.popularity AS popularity, search_posting_19.node_type AS node_type, search_posting_19.node_id AS node_id, max(CASE WHEN (anon_59.kind = 'typed' AND search_posting_19.field = 1) THEN 4000 WHEN (anon_59.kind = 'letters' AND search_posting_19.field = 1) THEN 3000 WHEN (anon_59.kind = 'typed' AND search_posting_19.field = 2) THEN 2000 WHEN (anon_59.kind = 'letters' AND search_posting_19.field = 2) THEN 1000 WHEN (anon_59.kind = 'whole typo' AND search_posting_19.field = 1) THEN 39 WHEN (anon_59.kind = 'whole typo' AND search_posting_19.field = 2) THEN 36 ELSE CASE WHEN (search_posting_19.field = 1) THEN 10 WHEN (search_posting_19.field = 2) THEN 8 WHEN (search_posting_19.field = 3) THEN 4 WHEN (search_posting_19.field = 4) THEN 2 END * CASE WHEN (anon_59.kind = 'typo') THEN 3 WHEN (search_posting_19.term = anon_59.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_4 AS anon_59 JOIN search_posting AS search_posting_19 ON anon_59.found > 0 AND search_posting_19.term BETWEEN anon_59.first AND anon_59.last AND (anon_59.kind != 'typo' OR search_posting_19.field != 4) 
WHERE NOT ((SELECT max(anon_4.word) AS max_3 
FROM anon_4) = 0 AND (SELECT count(*) AS count_5 
FROM anon_28) >= 20) AND anon_59.word + 0 = (SELECT anon_4.word 
FROM anon_4 GROUP BY anon_4.word ORDER BY sum(anon_4.found), anon_4.word
 LIMIT 1 OFFSET 0) AND (? IS NULL OR search_posting_19.node_type IN (SELECT anon_61.value AS anon_60 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_61)) GROUP BY search_posting_19.popularity, search_posting_19.node_type, search_posting_19.node_id), 
anon_54 AS MATERIALIZED 
(SELECT anon_55.points + CASE WHEN ((SELECT max(anon_4.word) AS max_4 
FROM anon_4) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_4.word) AS max_4 
FROM anon_4)) THEN sum(anon_57.points) END AS anon_56 
FROM (SELECT max(CASE WHEN (anon_58.kind = 'typed' AND search_posting_18.field = 1) THEN 4000 WHEN (anon_58.kind = 'letters' AND search_posting_18.field = 1) THEN 3000 WHEN (anon_58.kind = 'typed' AND search_posting_18.field = 2) THEN 2000 WHEN (anon_58.kind = 'letters' AND search_posting_18.field = 2) THEN 1000 WHEN (anon_58.kind = 'whole typo' AND search_posting_18.field = 1) THEN 39 WHEN (anon_58.kind = 'whole typo' AND search_posting_18.field = 2) THEN 36 ELSE CASE WHEN (search_posting_18.field = 1) THEN 10 WHEN (search_posting_18.field = 2) THEN 8 WHEN (search_posting_18.field = 3) THEN 4 WHEN (search_posting_18.field = 4) THEN 2 END * CASE WHEN (anon_58.kind = 'typo') THEN 3 WHEN (search_posting_18.term = anon_58.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_4 AS anon_58 JOIN search_posting AS search_posting_18 ON anon_58.found > 0 AND search_posting_18.term BETWEEN anon_58.first AND anon_58.last AND (anon_58.kind != 'typo' OR search_posting_18.field != 4) 
WHERE anon_58.word != (SELECT anon_4.word 
FROM anon_4 GROUP BY anon_4.word ORDER BY sum(anon_4.found), anon_4.word
 LIMIT 1 OFFSET 0) AND search_posting_18.node_type = anon_55.node_type AND search_posting_18.node_id = anon_55.node_id GROUP BY anon_58.word) AS anon_57) END AS score, anon_55.popularity AS popularity, anon_55.node_type AS node_type, anon_55.node_id AS node_id 
FROM anon_55), 
anon_23 AS MATERIALIZED 
(SELECT anon_27.score AS score, anon_27.popularity AS popularity, anon_27.node_type AS node_type, anon_27.node_id AS node_id 
FROM (SELECT anon_28.score AS score, anon_28.popularity AS popularity, anon_28.node_type AS node_type, anon_28.node_id AS node_id 
FROM anon_28 
WHERE (SELECT max(anon_4.word) AS max_3 
FROM anon_4) = 0 AND (SELECT count(*) AS count_5 
FROM anon_28) >= 20 UNION ALL SELECT anon_53.score AS score, anon_53.popularity AS popularity, anon_53.node_type AS node_type, anon_53.node_id AS node_id 
FROM (SELECT anon_54.score AS score, anon_54.popularity AS popularity, anon_54.node_type AS node_type, anon_54.node_id AS node_id 
FROM anon_54 
WHERE anon_54.score IS NOT NULL) AS anon_53) AS anon_27 ORDER BY anon_27.score DESC, anon_27.popularity DESC, anon_27.node_type DESC, anon_27.node_id DESC
 LIMIT 20 OFFSET 0)
 SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM (SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM anon_2 
WHERE anon_2.score IS NOT NULL) AS anon_1) AS TEXT), 'null') || ',"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT coalesce(CASE WHEN (anon_23.node_type = ?) THEN (SELECT '{"__typename":"Package"}' AS anon_24 
FROM package AS package_1 
WHERE package_1.id = anon_23.node_id) WHEN (anon_23.node_type = ?) THEN (SELECT '{"__typename":"Grid"}' AS anon_25 
FROM grid AS grid_1 
WHERE grid_1.id = anon_23.node_id) WHEN (anon_23.node_type = ?) THEN (SELECT '{"__typename":"Category"}' AS anon_26 
FROM category AS category_1 
WHERE category_1.id = anon_23.node_id) END, 'null') AS element_1 
FROM anon_23) AS anon_22) AS root_0;
