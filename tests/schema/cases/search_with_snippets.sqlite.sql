-- statements: 1
WITH anon_16 AS 
(SELECT anon_18.value ->> 0 AS kind, CAST(anon_18.value ->> 1 AS INTEGER) AS word, anon_18.value ->> 2 AS first, anon_18.value ->> 3 AS last 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_18), 
anon_15 AS 
(SELECT anon_16.kind AS kind, anon_16.word AS word, anon_16.first AS first, anon_16.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_16.first AND anon_16.last
 LIMIT 5000 OFFSET 0) AS anon_17) AS found 
FROM anon_16 
WHERE (anon_16.kind NOT IN ('typo', 'pattern'))), 
anon_14 AS 
(SELECT anon_15.kind AS kind, anon_15.word AS word, anon_15.first AS first, anon_15.last AS last, anon_15.found AS found 
FROM anon_15 UNION ALL SELECT 'typo' AS anon_19, anon_20.word AS word, anon_20.term AS term, anon_20.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN anon_20.term AND anon_20.term
 LIMIT 5000 OFFSET 0) AS anon_22) AS anon_21 
FROM (SELECT anon_16.word AS word, anon_16.first AS term 
FROM anon_16 
WHERE anon_16.kind = 'typo' AND anon_16.word IN (SELECT anon_15.word 
FROM anon_15 GROUP BY anon_15.word 
HAVING sum(anon_15.found) < 10) UNION ALL SELECT anon_16.word AS word, search_pattern_1.term AS term 
FROM anon_16 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_16.first 
WHERE anon_16.kind = 'pattern' AND anon_16.word IN (SELECT anon_15.word 
FROM anon_15 GROUP BY anon_15.word 
HAVING sum(anon_15.found) < 10)) AS anon_20 UNION ALL SELECT 'whole typo' AS anon_23, anon_20.word AS word, '~' || anon_20.term AS json_2, '~' || anon_20.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_4 
WHERE search_posting_4.term BETWEEN '~' || anon_20.term AND '~' || anon_20.term
 LIMIT 5000 OFFSET 0) AS anon_25) AS anon_24 
FROM (SELECT anon_16.word AS word, anon_16.first AS term 
FROM anon_16 
WHERE anon_16.kind = 'typo' AND anon_16.word IN (SELECT anon_15.word 
FROM anon_15 GROUP BY anon_15.word 
HAVING sum(anon_15.found) < 10) UNION ALL SELECT anon_16.word AS word, search_pattern_1.term AS term 
FROM anon_16 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_16.first 
WHERE anon_16.kind = 'pattern' AND anon_16.word IN (SELECT anon_15.word 
FROM anon_15 GROUP BY anon_15.word 
HAVING sum(anon_15.found) < 10)) AS anon_20 
WHERE (SELECT max(anon_16.word) AS max_2 
FROM anon_16) = 0), 
anon_12 AS MATERIALIZED 
(SELECT anon_13.score AS score, anon_13.popularity AS popularity, anon_13.node_type AS node_type, anon_13.node_id AS node_id 
FROM (SELECT 4000 AS score, search_posting_1.popularity AS popularity, search_posting_1.node_type AS node_type, search_posting_1.node_id AS node_id 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term = (SELECT anon_14.first 
FROM anon_14 
WHERE anon_14.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_1.field = 1 AND (? IS NULL OR search_posting_1.node_type IN (SELECT anon_27.value AS anon_26 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_27)) AND NOT (EXISTS (SELECT 1 
FROM anon_14 AS anon_28 JOIN search_posting AS search_posting_5 ON anon_28.found > 0 AND search_posting_5.term BETWEEN anon_28.first AND anon_28.last AND (anon_28.kind != 'typo' OR search_posting_5.field != 4) 
WHERE search_posting_5.node_type = search_posting_1.node_type AND search_posting_5.node_id = search_posting_1.node_id AND CASE WHEN (anon_28.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_28.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_28.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_28.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_28.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_28.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_28.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_28.first) THEN 10 ELSE 6 END END > 4000)) ORDER BY search_posting_1.popularity DESC, search_posting_1.node_type DESC, search_posting_1.node_id DESC
 LIMIT ? + ? OFFSET 0) AS anon_13 UNION ALL SELECT anon_29.score AS score, anon_29.popularity AS popularity, anon_29.node_type AS node_type, anon_29.node_id AS node_id 
FROM (SELECT 3000 AS score, search_posting_6.popularity AS popularity, search_posting_6.node_type AS node_type, search_posting_6.node_id AS node_id 
FROM search_posting AS search_posting_6 
WHERE search_posting_6.term = (SELECT anon_14.first 
FROM anon_14 
WHERE anon_14.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_6.field = 1 AND (? IS NULL OR search_posting_6.node_type IN (SELECT anon_31.value AS anon_30 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_31)) AND NOT (EXISTS (SELECT 1 
FROM anon_14 AS anon_32 JOIN search_posting AS search_posting_7 ON anon_32.found > 0 AND search_posting_7.term BETWEEN anon_32.first AND anon_32.last AND (anon_32.kind != 'typo' OR search_posting_7.field != 4) 
WHERE search_posting_7.node_type = search_posting_6.node_type AND search_posting_7.node_id = search_posting_6.node_id AND CASE WHEN (anon_32.kind = 'typed' AND search_posting_7.field = 1) THEN 4000 WHEN (anon_32.kind = 'letters' AND search_posting_7.field = 1) THEN 3000 WHEN (anon_32.kind = 'typed' AND search_posting_7.field = 2) THEN 2000 WHEN (anon_32.kind = 'letters' AND search_posting_7.field = 2) THEN 1000 WHEN (anon_32.kind = 'whole typo' AND search_posting_7.field = 1) THEN 39 WHEN (anon_32.kind = 'whole typo' AND search_posting_7.field = 2) THEN 36 ELSE CASE WHEN (search_posting_7.field = 1) THEN 10 WHEN (search_posting_7.field = 2) THEN 8 WHEN (search_posting_7.field = 3) THEN 4 WHEN (search_posting_7.field = 4) THEN 2 END * CASE WHEN (anon_32.kind = 'typo') THEN 3 WHEN (search_posting_7.term = anon_32.first) THEN 10 ELSE 6 END END > 3000)) ORDER BY search_posting_6.popularity DESC, search_posting_6.node_type DESC, search_posting_6.node_id DESC
 LIMIT ? + ? OFFSET 0) AS anon_29 UNION ALL SELECT anon_33.score AS score, anon_33.popularity AS popularity, anon_33.node_type AS node_type, anon_33.node_id AS node_id 
FROM (SELECT 2000 AS score, search_posting_8.popularity AS popularity, search_posting_8.node_type AS node_type, search_posting_8.node_id AS node_id 
FROM search_posting AS search_posting_8 
WHERE search_posting_8.term = (SELECT anon_14.first 
FROM anon_14 
WHERE anon_14.kind = 'typed'
 LIMIT 1 OFFSET 0) AND search_posting_8.field = 2 AND (? IS NULL OR search_posting_8.node_type IN (SELECT anon_35.value AS anon_34 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_35)) AND NOT (EXISTS (SELECT 1 
FROM anon_14 AS anon_36 JOIN search_posting AS search_posting_9 ON anon_36.found > 0 AND search_posting_9.term BETWEEN anon_36.first AND anon_36.last AND (anon_36.kind != 'typo' OR search_posting_9.field != 4) 
WHERE search_posting_9.node_type = search_posting_8.node_type AND search_posting_9.node_id = search_posting_8.node_id AND CASE WHEN (anon_36.kind = 'typed' AND search_posting_9.field = 1) THEN 4000 WHEN (anon_36.kind = 'letters' AND search_posting_9.field = 1) THEN 3000 WHEN (anon_36.kind = 'typed' AND search_posting_9.field = 2) THEN 2000 WHEN (anon_36.kind = 'letters' AND search_posting_9.field = 2) THEN 1000 WHEN (anon_36.kind = 'whole typo' AND search_posting_9.field = 1) THEN 39 WHEN (anon_36.kind = 'whole typo' AND search_posting_9.field = 2) THEN 36 ELSE CASE WHEN (search_posting_9.field = 1) THEN 10 WHEN (search_posting_9.field = 2) THEN 8 WHEN (search_posting_9.field = 3) THEN 4 WHEN (search_posting_9.field = 4) THEN 2 END * CASE WHEN (anon_36.kind = 'typo') THEN 3 WHEN (search_posting_9.term = anon_36.first) THEN 10 ELSE 6 END END > 2000)) ORDER BY search_posting_8.popularity DESC, search_posting_8.node_type DESC, search_posting_8.node_id DESC
 LIMIT ? + ? OFFSET 0) AS anon_33 UNION ALL SELECT anon_37.score AS score, anon_37.popularity AS popularity, anon_37.node_type AS node_type, anon_37.node_id AS node_id 
FROM (SELECT 1000 AS score, search_posting_10.popularity AS popularity, search_posting_10.node_type AS node_type, search_posting_10.node_id AS node_id 
FROM search_posting AS search_posting_10 
WHERE search_posting_10.term = (SELECT anon_14.first 
FROM anon_14 
WHERE anon_14.kind = 'letters'
 LIMIT 1 OFFSET 0) AND search_posting_10.field = 2 AND (? IS NULL OR search_posting_10.node_type IN (SELECT anon_39.value AS anon_38 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_39)) AND NOT (EXISTS (SELECT 1 
FROM anon_14 AS anon_40 JOIN search_posting AS search_posting_11 ON anon_40.found > 0 AND search_posting_11.term BETWEEN anon_40.first AND anon_40.last AND (anon_40.kind != 'typo' OR search_posting_11.field != 4) 
WHERE search_posting_11.node_type = search_posting_10.node_type AND search_posting_11.node_id = search_posting_10.node_id AND CASE WHEN (anon_40.kind = 'typed' AND search_posting_11.field = 1) THEN 4000 WHEN (anon_40.kind = 'letters' AND search_posting_11.field = 1) THEN 3000 WHEN (anon_40.kind = 'typed' AND search_posting_11.field = 2) THEN 2000 WHEN (anon_40.kind = 'letters' AND search_posting_11.field = 2) THEN 1000 WHEN (anon_40.kind = 'whole typo' AND search_posting_11.field = 1) THEN 39 WHEN (anon_40.kind = 'whole typo' AND search_posting_11.field = 2) THEN 36 ELSE CASE WHEN (search_posting_11.field = 1) THEN 10 WHEN (search_posting_11.field = 2) THEN 8 WHEN (search_posting_11.field = 3) THEN 4 WHEN (search_posting_11.field = 4) THEN 2 END * CASE WHEN (anon_40.kind = 'typo') THEN 3 WHEN (search_posting_11.term = anon_40.first) THEN 10 ELSE 6 END END > 1000)) ORDER BY search_posting_10.popularity DESC, search_posting_10.node_type DESC, search_posting_10.node_id DESC
 LIMIT ? + ? OFFSET 0) AS anon_37 UNION ALL SELECT anon_41.score AS score, anon_41.popularity AS popularity, anon_41.node_type AS node_type, anon_41.node_id AS node_id 
FROM (SELECT 100 AS score, search_posting_12.popularity AS popularity, search_posting_12.node_type AS node_type, search_posting_12.node_id AS node_id 
FROM search_posting AS search_posting_12 
WHERE search_posting_12.term = (SELECT anon_14.first 
FROM anon_14 
WHERE anon_14.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_12.field = 1 AND (? IS NULL OR search_posting_12.node_type IN (SELECT anon_43.value AS anon_42 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_43)) AND NOT (EXISTS (SELECT 1 
FROM anon_14 AS anon_44 JOIN search_posting AS search_posting_13 ON anon_44.found > 0 AND search_posting_13.term BETWEEN anon_44.first AND anon_44.last AND (anon_44.kind != 'typo' OR search_posting_13.field != 4) 
WHERE search_posting_13.node_type = search_posting_12.node_type AND search_posting_13.node_id = search_posting_12.node_id AND CASE WHEN (anon_44.kind = 'typed' AND search_posting_13.field = 1) THEN 4000 WHEN (anon_44.kind = 'letters' AND search_posting_13.field = 1) THEN 3000 WHEN (anon_44.kind = 'typed' AND search_posting_13.field = 2) THEN 2000 WHEN (anon_44.kind = 'letters' AND search_posting_13.field = 2) THEN 1000 WHEN (anon_44.kind = 'whole typo' AND search_posting_13.field = 1) THEN 39 WHEN (anon_44.kind = 'whole typo' AND search_posting_13.field = 2) THEN 36 ELSE CASE WHEN (search_posting_13.field = 1) THEN 10 WHEN (search_posting_13.field = 2) THEN 8 WHEN (search_posting_13.field = 3) THEN 4 WHEN (search_posting_13.field = 4) THEN 2 END * CASE WHEN (anon_44.kind = 'typo') THEN 3 WHEN (search_posting_13.term = anon_44.first) THEN 10 ELSE 6 END END > 100)) ORDER BY search_posting_12.popularity DESC, search_posting_12.node_type DESC, search_posting_12.node_id DESC
 LIMIT ? + ? OFFSET 0) AS anon_41 UNION ALL SELECT anon_45.score AS score, anon_45.popularity AS popularity, anon_45.node_type AS node_type, anon_45.node_id AS node_id 
FROM (SELECT 80 AS score, search_posting_14.popularity AS popularity, search_posting_14.node_type AS node_type, search_posting_14.node_id AS node_id 
FROM search_posting AS search_posting_14 
WHERE search_posting_14.term = (SELECT anon_14.first 
FROM anon_14 
WHERE anon_14.kind = 'word'
 LIMIT 1 OFFSET 0) AND search_posting_14.field = 2 AND (? IS NULL OR search_posting_14.node_type IN (SELECT anon_47.value AS anon_46 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_47)) AND NOT (EXISTS (SELECT 1 
FROM anon_14 AS anon_48 JOIN search_posting AS search_posting_15 ON anon_48.found > 0 AND search_posting_15.term BETWEEN anon_48.first AND anon_48.last AND (anon_48.kind != 'typo' OR search_posting_15.field != 4) 
WHERE search_posting_15.node_type = search_posting_14.node_type AND search_posting_15.node_id = search_posting_14.node_id AND CASE WHEN (anon_48.kind = 'typed' AND search_posting_15.field = 1) THEN 4000 WHEN (anon_48.kind = 'letters' AND search_posting_15.field = 1) THEN 3000 WHEN (anon_48.kind = 'typed' AND search_posting_15.field = 2) THEN 2000 WHEN (anon_48.kind = 'letters' AND search_posting_15.field = 2) THEN 1000 WHEN (anon_48.kind = 'whole typo' AND search_posting_15.field = 1) THEN 39 WHEN (anon_48.kind = 'whole typo' AND search_posting_15.field = 2) THEN 36 ELSE CASE WHEN (search_posting_15.field = 1) THEN 10 WHEN (search_posting_15.field = 2) THEN 8 WHEN (search_posting_15.field = 3) THEN 4 WHEN (search_posting_15.field = 4) THEN 2 END * CASE WHEN (anon_48.kind = 'typo') THEN 3 WHEN (search_posting_15.term = anon_48.first) THEN 10 ELSE 6 END END > 80)) ORDER BY search_posting_14.popularity DESC, search_posting_14.node_type DESC, search_posting_14.node_id DESC
 LIMIT ? + ? OFFSET 0) AS anon_45), 
anon_51 AS 
(SELECT search_posting_17.popularity AS popularity, search_posting_17.node_type AS node_type, search_posting_17.node_id AS node_id, max(CASE WHEN (anon_55.kind = 'typed' AND search_posting_17.field = 1) THEN 4000 WHEN (anon_55.kind = 'letters' AND search_posting_17.field = 1) THEN 3000 WHEN (anon_55.kind = 'typed' AND search_posting_17.field = 2) THEN 2000 WHEN (anon_55.kind = 'letters' AND search_posting_17.field = 2) THEN 1000 WHEN (anon_55.kind = 'whole typo' AND search_posting_17.field = 1) THEN 39 WHEN (anon_55.kind = 'whole typo' AND search_posting_17.field = 2) THEN 36 ELSE CASE WHEN (search_posting_17.field = 1) THEN 10 WHEN (search_posting_17.field = 2) THEN 8 WHEN (search_posting_17.field = 3) THEN 4 WHEN (search_posting_17.field = 4) THEN 2 END * CASE WHEN (anon_55.kind = 'typo') THEN 3 WHEN (search_posting_17.term = anon_55.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_14 AS anon_55 JOIN search_posting AS search_posting_17 ON anon_55.found > 0 AND search_posting_17.term BETWEEN anon_55.first AND anon_55.last AND (anon_55.kind != 'typo' OR search_posting_17.field != 4) 
WHERE NOT ((SELECT max(anon_14.word) AS max_3 
FROM anon_14) = 0 AND (SELECT count(*) AS count_4 
FROM anon_12) >= ? + ?) AND anon_55.word + 0 = (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word ORDER BY sum(anon_14.found), anon_14.word
 LIMIT 1 OFFSET 0) AND (? IS NULL OR search_posting_17.node_type IN (SELECT anon_57.value AS anon_56 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_57)) GROUP BY search_posting_17.popularity, search_posting_17.node_type, search_posting_17.node_id), 
anon_50 AS MATERIALIZED 
(SELECT anon_51.points + CASE WHEN ((SELECT max(anon_14.word) AS max_4 
FROM anon_14) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_14.word) AS max_4 
FROM anon_14)) THEN sum(anon_53.points) END AS anon_52 
FROM (SELECT max(CASE WHEN (anon_54.kind = 'typed' AND search_posting_16.field = 1) THEN 4000 WHEN (anon_54.kind = 'letters' AND search_posting_16.field = 1) THEN 3000 WHEN (anon_54.kind = 'typed' AND search_posting_16.field = 2) THEN 2000 WHEN (anon_54.kind = 'letters' AND search_posting_16.field = 2) THEN 1000 WHEN (anon_54.kind = 'whole typo' AND search_posting_16.field = 1) THEN 39 WHEN (anon_54.kind = 'whole typo' AND search_posting_16.field = 2) THEN 36 ELSE CASE WHEN (search_posting_16.field = 1) THEN 10 WHEN (search_posting_16.field = 2) THEN 8 WHEN (search_posting_16.field = 3) THEN 4 WHEN (search_posting_16.field = 4) THEN 2 END * CASE WHEN (anon_54.kind = 'typo') THEN 3 WHEN (search_posting_16.term = anon_54.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_14 AS anon_54 JOIN search_posting AS search_posting_16 ON anon_54.found > 0 AND search_posting_16.term BETWEEN anon_54.first AND anon_54.last AND (anon_54.kind != 'typo' OR search_posting_16.field != 4) 
WHERE anon_54.word != (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word ORDER BY sum(anon_14.found), anon_14.word
 LIMIT 1 OFFSET 0) AND search_posting_16.node_type = anon_51.node_type AND search_posting_16.node_id = anon_51.node_id GROUP BY anon_54.word) AS anon_53) END AS score, anon_51.popularity AS popularity, anon_51.node_type AS node_type, anon_51.node_id AS node_id 
FROM anon_51), 
anon_10 AS MATERIALIZED 
(SELECT anon_11.score AS score, anon_11.popularity AS popularity, anon_11.node_type AS node_type, anon_11.node_id AS node_id 
FROM (SELECT anon_12.score AS score, anon_12.popularity AS popularity, anon_12.node_type AS node_type, anon_12.node_id AS node_id 
FROM anon_12 
WHERE (SELECT max(anon_14.word) AS max_3 
FROM anon_14) = 0 AND (SELECT count(*) AS count_4 
FROM anon_12) >= ? + ? UNION ALL SELECT anon_49.score AS score, anon_49.popularity AS popularity, anon_49.node_type AS node_type, anon_49.node_id AS node_id 
FROM (SELECT anon_50.score AS score, anon_50.popularity AS popularity, anon_50.node_type AS node_type, anon_50.node_id AS node_id 
FROM anon_50 
WHERE anon_50.score IS NOT NULL) AS anon_49) AS anon_11 ORDER BY anon_11.score DESC, anon_11.popularity DESC, anon_11.node_type DESC, anon_11.node_id DESC
 LIMIT ? + ? OFFSET 0), 
page_1 AS 
(SELECT anon_10.score AS score, anon_10.popularity AS popularity, anon_10.node_type AS node_type, anon_10.node_id AS node_id, row_number() OVER (ORDER BY anon_10.score DESC, anon_10.popularity DESC, anon_10.node_type DESC, anon_10.node_id DESC) AS rank 
FROM anon_10), 
anon_9 AS MATERIALIZED 
(SELECT page_1.node_type AS node_type, page_1.node_id AS node_id, (SELECT search_document_1.words 
FROM search_document AS search_document_1 
WHERE search_document_1.node_type = page_1.node_type AND search_document_1.node_id = page_1.node_id) AS words 
FROM page_1), 
anon_71 AS MATERIALIZED 
(SELECT anon_9.node_type AS node_type, anon_9.node_id AS node_id, anon_73.value ->> 0 AS term, CAST(anon_73.value ->> 1 AS INTEGER) AS field, CAST(anon_73.value ->> 2 AS INTEGER) AS start, CAST(anon_73.value ->> 2 AS INTEGER) + CAST(anon_73.value ->> 3 AS INTEGER) AS "end" 
FROM anon_9 JOIN json_each(anon_9.words) AS anon_73 ON 1 = 1 
WHERE CAST(anon_73.value ->> 3 AS INTEGER) > 0 OR CAST(anon_73.value ->> 1 AS INTEGER) = 4), 
anon_70 AS 
(SELECT anon_71.node_type AS node_type, anon_71.node_id AS node_id, anon_71.field AS field, anon_72.word AS word, anon_71.start AS start, anon_71."end" AS "end", CASE WHEN (anon_72.kind = 'typo') THEN 1 ELSE 0 END AS has_typo 
FROM anon_71 JOIN anon_14 AS anon_72 ON anon_72.found > 0 AND anon_71.term BETWEEN anon_72.first AND anon_72.last AND (anon_72.kind != 'typo' OR anon_71.field != 4)), 
anon_69 AS 
(SELECT anon_70.node_type AS node_type, anon_70.node_id AS node_id, anon_70.field AS field, anon_70.word AS word, anon_70.start AS start, anon_70."end" AS "end", anon_70.has_typo AS has_typo, min(anon_70.has_typo) OVER (PARTITION BY anon_70.node_type, anon_70.node_id, anon_70.word) AS least 
FROM anon_70), 
anon_68 AS 
(SELECT anon_69.node_type AS node_type, anon_69.node_id AS node_id, anon_69.field AS field, anon_69.word AS word, anon_69.start AS start, min(anon_69."end") AS "end" 
FROM anon_69 
WHERE anon_69.has_typo = anon_69.least GROUP BY anon_69.node_type, anon_69.node_id, anon_69.field, anon_69.word, anon_69.start), 
anon_67 AS 
(SELECT anon_68.node_type AS node_type, anon_68.node_id AS node_id, anon_68.field AS field, anon_68.word AS word, anon_68.start AS start, anon_68."end" AS "end", dense_rank() OVER (PARTITION BY anon_68.node_type, anon_68.node_id, anon_68.field ORDER BY anon_68.word) AS nth_word 
FROM anon_68), 
anon_66 AS 
(SELECT anon_67.node_type AS node_type, anon_67.node_id AS node_id, anon_67.field AS field, anon_67.word AS word, anon_67.start AS start, anon_67."end" AS "end", anon_67.nth_word AS nth_word, max(anon_67.nth_word) OVER (PARTITION BY anon_67.node_type, anon_67.node_id, anon_67.field) AS words 
FROM anon_67), 
anon_65 AS 
(SELECT anon_66.node_type AS node_type, anon_66.node_id AS node_id, anon_66.field AS field, anon_66.word AS word, anon_66.start AS start, anon_66."end" AS "end", anon_66.nth_word AS nth_word, anon_66.words AS words, dense_rank() OVER (PARTITION BY anon_66.node_type, anon_66.node_id ORDER BY anon_66.words DESC, anon_66.field) AS place 
FROM anon_66), 
anon_64 AS 
(SELECT anon_65.node_type AS node_type, anon_65.node_id AS node_id, anon_65.field AS field, anon_65.word AS word, anon_65.start AS start, anon_65."end" AS "end", anon_65.nth_word AS nth_word, anon_65.words AS words, anon_65.place AS place 
FROM anon_65 
WHERE anon_65.place = 1), 
anon_63 AS 
(SELECT anon_64.node_type AS node_type, anon_64.node_id AS node_id, anon_64.field AS field, anon_64.word AS word, anon_64.start AS start, anon_64."end" AS "end", anon_64.nth_word AS nth_word, anon_64.words AS words, anon_64.place AS place, max(anon_64."end") OVER (PARTITION BY anon_64.node_type, anon_64.node_id ORDER BY anon_64.start, anon_64."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND ? PRECEDING) AS covered 
FROM anon_64), 
anon_62 AS 
(SELECT anon_63.node_type AS node_type, anon_63.node_id AS node_id, anon_63.field AS field, anon_63.word AS word, anon_63.start AS start, anon_63."end" AS "end", anon_63.nth_word AS nth_word, anon_63.words AS words, anon_63.place AS place, anon_63.covered AS covered, sum(CASE WHEN (anon_63.start <= anon_63.covered) THEN 0 ELSE 1 END) OVER (PARTITION BY anon_63.node_type, anon_63.node_id ORDER BY anon_63.start, anon_63."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run 
FROM anon_63), 
anon_60 AS 
(SELECT anon_62.node_type AS node_type, anon_62.node_id AS node_id, max(anon_62.field) AS field, min(anon_62.start) AS start, max(anon_62."end") AS "end" 
FROM anon_62 GROUP BY anon_62.node_type, anon_62.node_id, anon_62.run), 
anon_59 AS MATERIALIZED 
(SELECT anon_60.node_type AS node_type, anon_60.node_id AS node_id, anon_60.field AS field, anon_60.start AS start, anon_60."end" AS "end", (SELECT CASE WHEN (anon_60.field = 1) THEN search_document_2.title WHEN (anon_60.field = 2) THEN search_document_2.slug WHEN (anon_60.field = 3) THEN search_document_2.description ELSE search_document_2.participants ->> anon_60.start END AS anon_61 
FROM search_document AS search_document_2 
WHERE search_document_2.node_type = anon_60.node_type AND search_document_2.node_id = anon_60.node_id) AS text, min(anon_60.start) OVER (PARTITION BY anon_60.node_type, anon_60.node_id) AS first 
FROM anon_60), 
anon_58 AS 
(SELECT anon_59.node_type AS node_type, anon_59.node_id AS node_id, anon_59.field AS field, anon_59.start AS start, anon_59."end" AS "end", anon_59.text AS text, anon_59.first AS first, length(anon_59.text) AS length 
FROM anon_59), 
anon_6 AS MATERIALIZED 
(SELECT anon_58.node_type AS node_type, anon_58.node_id AS node_id, anon_58.field AS field, anon_58.start AS start, anon_58."end" AS "end", anon_58.text AS text, anon_58.first AS first, anon_58.length AS length, CASE WHEN (anon_58.field != 4 AND CASE WHEN (anon_58.first - 60 < anon_58.length - 200) THEN anon_58.first - 60 ELSE anon_58.length - 200 END > 0) THEN (SELECT min(CAST(anon_7.value ->> 2 AS INTEGER)) AS min_1 
FROM anon_9 AS anon_8 JOIN json_each(anon_8.words) AS anon_7 ON 1 = 1 
WHERE anon_8.node_type = anon_58.node_type AND anon_8.node_id = anon_58.node_id AND CAST(anon_7.value ->> 1 AS INTEGER) = anon_58.field AND CAST(anon_7.value ->> 2 AS INTEGER) >= CASE WHEN (anon_58.first - 60 < anon_58.length - 200) THEN anon_58.first - 60 ELSE anon_58.length - 200 END) ELSE 0 END AS "begin" 
FROM anon_58), 
anon_5 AS MATERIALIZED 
(SELECT anon_6.node_type AS node_type, anon_6.node_id AS node_id, anon_6.field AS field, anon_6.start AS start, anon_6."end" AS "end", anon_6.text AS text, anon_6.first AS first, anon_6.length AS length, anon_6."begin" AS "begin", CASE WHEN (anon_6.length <= anon_6."begin" + 200) THEN anon_6.length ELSE coalesce((SELECT max(CAST(anon_7.value ->> 2 AS INTEGER) + CAST(anon_7.value ->> 3 AS INTEGER)) AS max_1 
FROM anon_9 AS anon_8 JOIN json_each(anon_8.words) AS anon_7 ON 1 = 1 
WHERE anon_8.node_type = anon_6.node_type AND anon_8.node_id = anon_6.node_id AND CAST(anon_7.value ->> 1 AS INTEGER) = anon_6.field AND CAST(anon_7.value ->> 2 AS INTEGER) >= anon_6.first AND CAST(anon_7.value ->> 2 AS INTEGER) + CAST(anon_7.value ->> 3 AS INTEGER) <= anon_6."begin" + 200), anon_6."begin" + 200) END AS finish 
FROM anon_6), 
anon_4 AS 
(SELECT anon_5.node_type AS node_type, anon_5.node_id AS node_id, anon_5.field AS field, anon_5.start AS start, anon_5."end" AS "end", anon_5.text AS text, anon_5.first AS first, anon_5.length AS length, anon_5."begin" AS "begin", anon_5.finish AS finish, lag(anon_5."end") OVER (PARTITION BY anon_5.node_type, anon_5.node_id ORDER BY anon_5.start) AS "before", lead(anon_5.start) OVER (PARTITION BY anon_5.node_type, anon_5.node_id ORDER BY anon_5.start) AS "after" 
FROM anon_5 
WHERE anon_5.field = 4 OR anon_5.start < anon_5.finish), 
anon_3 AS 
(SELECT anon_4.node_type AS node_type, anon_4.node_id AS node_id, CASE WHEN (anon_4.field = 4) THEN CASE WHEN (anon_4."before" IS NULL) THEN '' ELSE ', ' END || '<mark>' || replace(replace(replace(replace(replace(anon_4.text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' ELSE CASE WHEN (anon_4."before" IS NULL AND anon_4."begin" > 0) THEN '…' ELSE '' END || replace(replace(replace(replace(replace(substr(anon_4.text, coalesce(anon_4."before", anon_4."begin") + 1, anon_4.start - coalesce(anon_4."before", anon_4."begin")), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '<mark>' || replace(replace(replace(replace(replace(substr(anon_4.text, anon_4.start + 1, CASE WHEN (anon_4."end" < anon_4.finish) THEN anon_4."end" ELSE anon_4.finish END - anon_4.start), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' || CASE WHEN (anon_4."after" IS NULL) THEN replace(replace(replace(replace(replace(substr(anon_4.text, CASE WHEN (anon_4."end" < anon_4.finish) THEN anon_4."end" ELSE anon_4.finish END + 1, anon_4.finish - CASE WHEN (anon_4."end" < anon_4.finish) THEN anon_4."end" ELSE anon_4.finish END), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || CASE WHEN (anon_4.finish < anon_4.length) THEN '…' ELSE '' END ELSE '' END END AS piece 
FROM anon_4 ORDER BY anon_4.node_type, anon_4.node_id, anon_4.start), 
anon_2 AS MATERIALIZED 
(SELECT anon_3.node_type AS node_type, anon_3.node_id AS node_id, group_concat(anon_3.piece, '') AS snippet 
FROM anon_3 GROUP BY anon_3.node_type, anon_3.node_id)
 SELECT (SELECT '{"edges":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (max(rank) > ?) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce(json_quote(max(CASE WHEN (rank <= ? AND rank = ?) THEN value_2 END)), 'null') || ',"endCursor":' || coalesce(json_quote(max(CASE WHEN (rank <= ? AND (rank = ? OR rank = row_count)) THEN value_3 END)), 'null') || '}}' AS json_1 
FROM (SELECT '{"cursor":' || json_quote('[' || json_quote(?) || ',' || json_quote(page_1.score) || ',' || CAST(page_1.popularity AS TEXT) || ',' || json_quote(page_1.node_type) || ',' || CAST(page_1.node_id AS TEXT) || ']') || ',"score":' || json_quote(page_1.score) || ',"snippet":' || coalesce(json_quote((SELECT anon_2.snippet 
FROM anon_2 
WHERE anon_2.node_type = page_1.node_type AND anon_2.node_id = page_1.node_id)), 'null') || ',"node":' || coalesce(CASE WHEN (page_1.node_type = ?) THEN (SELECT '{"slug":' || json_quote(package_1.slug) || '}' AS json_3 
FROM package AS package_1 
WHERE package_1.id = page_1.node_id) WHEN (page_1.node_type = ?) THEN (SELECT '{}' AS anon_74 
FROM grid AS grid_1 
WHERE grid_1.id = page_1.node_id) WHEN (page_1.node_type = ?) THEN (SELECT '{}' AS anon_75 
FROM category AS category_1 
WHERE category_1.id = page_1.node_id) END, 'null') || '}' AS value_0, page_1.rank AS rank, '[' || json_quote(?) || ',' || json_quote(page_1.score) || ',' || CAST(page_1.popularity AS TEXT) || ',' || json_quote(page_1.node_type) || ',' || CAST(page_1.node_id AS TEXT) || ']' AS value_2, '[' || json_quote(?) || ',' || json_quote(page_1.score) || ',' || CAST(page_1.popularity AS TEXT) || ',' || json_quote(page_1.node_type) || ',' || CAST(page_1.node_id AS TEXT) || ']' AS value_3, count(*) OVER () AS row_count 
FROM page_1 ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
