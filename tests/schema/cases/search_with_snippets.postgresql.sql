-- statements: 1
WITH anon_6 AS 
(SELECT anon_8.value ->> 0 AS kind, CAST(anon_8.value ->> 1 AS INTEGER) AS word, anon_8.value ->> 2 AS first, anon_8.value ->> 3 AS last 
FROM (SELECT position, value FROM json_array_elements(CAST($1::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_8), 
anon_5 AS 
(SELECT anon_6.kind AS kind, anon_6.word AS word, anon_6.first AS first, anon_6.last AS last, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_6.first AND anon_6.last 
 LIMIT 5000 OFFSET 0) AS anon_7) AS found 
FROM anon_6 
WHERE (anon_6.kind NOT IN ('typo', 'pattern'))), 
words_1 AS 
(SELECT anon_5.kind AS kind, anon_5.word AS word, anon_5.first AS first, anon_5.last AS last, anon_5.found AS found 
FROM anon_5 UNION ALL SELECT 'typo' AS anon_9, anon_10.word AS word, anon_10.term AS term, anon_10.term AS term__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_10.term AND anon_10.term 
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
FROM search_posting AS posting 
WHERE posting.term BETWEEN '~' || anon_10.term AND '~' || anon_10.term 
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
WHERE (SELECT max(anon_6.word) AS max_1 
FROM anon_6) = 0), 
anon_3 AS MATERIALIZED 
(SELECT anon_4.score AS score, anon_4.popularity AS popularity, anon_4.node_type AS node_type, anon_4.node_id AS node_id 
FROM (SELECT 4000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 4000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_4 UNION ALL SELECT anon_16.score AS score, anon_16.popularity AS popularity, anon_16.node_type AS node_type, anon_16.node_id AS node_id 
FROM (SELECT 3000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 3000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_16 UNION ALL SELECT anon_17.score AS score, anon_17.popularity AS popularity, anon_17.node_type AS node_type, anon_17.node_id AS node_id 
FROM (SELECT 2000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 2000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_17 UNION ALL SELECT anon_18.score AS score, anon_18.popularity AS popularity, anon_18.node_type AS node_type, anon_18.node_id AS node_id 
FROM (SELECT 1000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 1000) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_18 UNION ALL SELECT anon_19.score AS score, anon_19.popularity AS popularity, anon_19.node_type AS node_type, anon_19.node_id AS node_id 
FROM (SELECT 100 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' 
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 100) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_19 UNION ALL SELECT anon_20.score AS score, anon_20.popularity AS popularity, anon_20.node_type AS node_type, anon_20.node_id AS node_id 
FROM (SELECT 80 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' 
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND NOT EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 80) ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC 
 LIMIT 3 OFFSET 0) AS anon_20), 
anon_23 AS 
(SELECT posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id, max(CASE WHEN anon_27.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_27.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_27.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_27.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_27.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_27.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_27.kind = 'typo' THEN 3 WHEN posting.term = anon_27.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_27 JOIN search_posting AS posting ON anon_27.found > 0 AND posting.term BETWEEN anon_27.first AND anon_27.last AND (anon_27.kind <> 'typo' OR posting.field <> 4) 
WHERE NOT ((SELECT max(words_1.word) AS max_2 
FROM words_1) = 0 AND (SELECT count(*) AS count_5 
FROM anon_3) >= 3) AND anon_27.word + 0 = (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) GROUP BY posting.popularity, posting.node_type, posting.node_id), 
anon_22 AS MATERIALIZED 
(SELECT anon_23.points + CASE WHEN ((SELECT max(words_1.word) AS max_3 
FROM words_1) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(words_1.word) AS max_3 
FROM words_1)) THEN sum(anon_25.points) END AS anon_24 
FROM (SELECT max(CASE WHEN anon_26.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_26.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_26.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_26.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_26.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_26.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_26.kind = 'typo' THEN 3 WHEN posting.term = anon_26.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_26 JOIN search_posting AS posting ON anon_26.found > 0 AND posting.term BETWEEN anon_26.first AND anon_26.last AND (anon_26.kind <> 'typo' OR posting.field <> 4) 
WHERE anon_26.word != (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word 
 LIMIT 1 OFFSET 0) AND posting.node_type = anon_23.node_type AND posting.node_id = anon_23.node_id GROUP BY anon_26.word) AS anon_25) END AS score, anon_23.popularity AS popularity, anon_23.node_type AS node_type, anon_23.node_id AS node_id 
FROM anon_23), 
anon_1 AS MATERIALIZED 
(SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM (SELECT anon_3.score AS score, anon_3.popularity AS popularity, anon_3.node_type AS node_type, anon_3.node_id AS node_id 
FROM anon_3 
WHERE (SELECT max(words_1.word) AS max_2 
FROM words_1) = 0 AND (SELECT count(*) AS count_5 
FROM anon_3) >= 3 UNION ALL SELECT anon_21.score AS score, anon_21.popularity AS popularity, anon_21.node_type AS node_type, anon_21.node_id AS node_id 
FROM (SELECT anon_22.score AS score, anon_22.popularity AS popularity, anon_22.node_type AS node_type, anon_22.node_id AS node_id 
FROM anon_22 
WHERE anon_22.score IS NOT NULL) AS anon_21) AS anon_2 ORDER BY anon_2.score DESC, anon_2.popularity DESC, anon_2.node_type DESC, anon_2.node_id DESC 
 LIMIT 3 OFFSET 0), 
anon_38 AS MATERIALIZED 
(SELECT rows_1.node_type AS node_type, rows_1.node_id AS node_id, (SELECT search_document_1.words 
FROM search_document AS search_document_1 
WHERE search_document_1.node_type = rows_1.node_type AND search_document_1.node_id = rows_1.node_id) AS words 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1), 
anon_52 AS MATERIALIZED 
(SELECT anon_38.node_type AS node_type, anon_38.node_id AS node_id, anon_54.value ->> 0 AS term, CAST(anon_54.value ->> 1 AS INTEGER) AS field, CAST(anon_54.value ->> 2 AS INTEGER) AS start, CAST(anon_54.value ->> 2 AS INTEGER) + CAST(anon_54.value ->> 3 AS INTEGER) AS "end" 
FROM anon_38 JOIN json_array_elements(anon_38.words) AS anon_54 ON true 
WHERE CAST(anon_54.value ->> 3 AS INTEGER) > 0 OR CAST(anon_54.value ->> 1 AS INTEGER) = 4), 
anon_51 AS 
(SELECT anon_52.node_type AS node_type, anon_52.node_id AS node_id, anon_52.field AS field, anon_53.word AS word, anon_52.start AS start, anon_52."end" AS "end", CASE WHEN (anon_53.kind = 'typo') THEN 1 ELSE 0 END AS has_typo 
FROM anon_52 JOIN words_1 AS anon_53 ON anon_53.found > 0 AND ((anon_52.term) COLLATE "C") BETWEEN anon_53.first AND anon_53.last AND (anon_53.kind <> 'typo' OR anon_52.field <> 4)), 
anon_50 AS 
(SELECT anon_51.node_type AS node_type, anon_51.node_id AS node_id, anon_51.field AS field, anon_51.word AS word, anon_51.start AS start, anon_51."end" AS "end", anon_51.has_typo AS has_typo, min(anon_51.has_typo) OVER (PARTITION BY anon_51.node_type, anon_51.node_id, anon_51.word) AS least 
FROM anon_51), 
anon_49 AS 
(SELECT anon_50.node_type AS node_type, anon_50.node_id AS node_id, anon_50.field AS field, anon_50.word AS word, anon_50.start AS start, min(anon_50."end") AS "end" 
FROM anon_50 
WHERE anon_50.has_typo = anon_50.least GROUP BY anon_50.node_type, anon_50.node_id, anon_50.field, anon_50.word, anon_50.start), 
anon_48 AS 
(SELECT anon_49.node_type AS node_type, anon_49.node_id AS node_id, anon_49.field AS field, anon_49.word AS word, anon_49.start AS start, anon_49."end" AS "end", dense_rank() OVER (PARTITION BY anon_49.node_type, anon_49.node_id, anon_49.field ORDER BY anon_49.word) AS nth_word 
FROM anon_49), 
anon_47 AS 
(SELECT anon_48.node_type AS node_type, anon_48.node_id AS node_id, anon_48.field AS field, anon_48.word AS word, anon_48.start AS start, anon_48."end" AS "end", anon_48.nth_word AS nth_word, max(anon_48.nth_word) OVER (PARTITION BY anon_48.node_type, anon_48.node_id, anon_48.field) AS words 
FROM anon_48), 
anon_46 AS 
(SELECT anon_47.node_type AS node_type, anon_47.node_id AS node_id, anon_47.field AS field, anon_47.word AS word, anon_47.start AS start, anon_47."end" AS "end", anon_47.nth_word AS nth_word, anon_47.words AS words, dense_rank() OVER (PARTITION BY anon_47.node_type, anon_47.node_id ORDER BY anon_47.words DESC, anon_47.field) AS place 
FROM anon_47), 
anon_45 AS 
(SELECT anon_46.node_type AS node_type, anon_46.node_id AS node_id, anon_46.field AS field, anon_46.word AS word, anon_46.start AS start, anon_46."end" AS "end", anon_46.nth_word AS nth_word, anon_46.words AS words, anon_46.place AS place 
FROM anon_46 
WHERE anon_46.place = 1), 
anon_44 AS 
(SELECT anon_45.node_type AS node_type, anon_45.node_id AS node_id, anon_45.field AS field, anon_45.word AS word, anon_45.start AS start, anon_45."end" AS "end", anon_45.nth_word AS nth_word, anon_45.words AS words, anon_45.place AS place, max(anon_45."end") OVER (PARTITION BY anon_45.node_type, anon_45.node_id ORDER BY anon_45.start, anon_45."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND $5::INTEGER PRECEDING) AS covered 
FROM anon_45), 
anon_43 AS 
(SELECT anon_44.node_type AS node_type, anon_44.node_id AS node_id, anon_44.field AS field, anon_44.word AS word, anon_44.start AS start, anon_44."end" AS "end", anon_44.nth_word AS nth_word, anon_44.words AS words, anon_44.place AS place, anon_44.covered AS covered, sum(CASE WHEN (anon_44.start <= anon_44.covered) THEN 0 ELSE 1 END) OVER (PARTITION BY anon_44.node_type, anon_44.node_id ORDER BY anon_44.start, anon_44."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run 
FROM anon_44), 
anon_41 AS 
(SELECT anon_43.node_type AS node_type, anon_43.node_id AS node_id, max(anon_43.field) AS field, min(anon_43.start) AS start, max(anon_43."end") AS "end" 
FROM anon_43 GROUP BY anon_43.node_type, anon_43.node_id, anon_43.run), 
anon_40 AS MATERIALIZED 
(SELECT anon_41.node_type AS node_type, anon_41.node_id AS node_id, anon_41.field AS field, anon_41.start AS start, anon_41."end" AS "end", (SELECT CASE WHEN (anon_41.field = 1) THEN search_document_2.title WHEN (anon_41.field = 2) THEN search_document_2.slug WHEN (anon_41.field = 3) THEN search_document_2.description ELSE search_document_2.participants ->> anon_41.start END AS anon_42 
FROM search_document AS search_document_2 
WHERE search_document_2.node_type = anon_41.node_type AND search_document_2.node_id = anon_41.node_id) AS text, min(anon_41.start) OVER (PARTITION BY anon_41.node_type, anon_41.node_id) AS first 
FROM anon_41), 
anon_39 AS 
(SELECT anon_40.node_type AS node_type, anon_40.node_id AS node_id, anon_40.field AS field, anon_40.start AS start, anon_40."end" AS "end", anon_40.text AS text, anon_40.first AS first, length(anon_40.text) AS length 
FROM anon_40), 
anon_35 AS MATERIALIZED 
(SELECT anon_39.node_type AS node_type, anon_39.node_id AS node_id, anon_39.field AS field, anon_39.start AS start, anon_39."end" AS "end", anon_39.text AS text, anon_39.first AS first, anon_39.length AS length, CASE WHEN (anon_39.field != 4 AND CASE WHEN (anon_39.first - 60 < anon_39.length - 200) THEN anon_39.first - 60 ELSE anon_39.length - 200 END > 0) THEN (SELECT min(CAST(anon_36.value ->> 2 AS INTEGER)) AS min_1 
FROM anon_38 AS anon_37 JOIN json_array_elements(anon_37.words) AS anon_36 ON true 
WHERE anon_37.node_type = anon_39.node_type AND anon_37.node_id = anon_39.node_id AND CAST(anon_36.value ->> 1 AS INTEGER) = anon_39.field AND CAST(anon_36.value ->> 2 AS INTEGER) >= CASE WHEN (anon_39.first - 60 < anon_39.length - 200) THEN anon_39.first - 60 ELSE anon_39.length - 200 END) ELSE 0 END AS begin 
FROM anon_39), 
anon_34 AS MATERIALIZED 
(SELECT anon_35.node_type AS node_type, anon_35.node_id AS node_id, anon_35.field AS field, anon_35.start AS start, anon_35."end" AS "end", anon_35.text AS text, anon_35.first AS first, anon_35.length AS length, anon_35.begin AS begin, CASE WHEN (anon_35.length <= anon_35.begin + 200) THEN anon_35.length ELSE coalesce((SELECT max(CAST(anon_36.value ->> 2 AS INTEGER) + CAST(anon_36.value ->> 3 AS INTEGER)) AS max_4 
FROM anon_38 AS anon_37 JOIN json_array_elements(anon_37.words) AS anon_36 ON true 
WHERE anon_37.node_type = anon_35.node_type AND anon_37.node_id = anon_35.node_id AND CAST(anon_36.value ->> 1 AS INTEGER) = anon_35.field AND CAST(anon_36.value ->> 2 AS INTEGER) >= anon_35.first AND CAST(anon_36.value ->> 2 AS INTEGER) + CAST(anon_36.value ->> 3 AS INTEGER) <= anon_35.begin + 200), anon_35.begin + 200) END AS finish 
FROM anon_35), 
anon_33 AS 
(SELECT anon_34.node_type AS node_type, anon_34.node_id AS node_id, anon_34.field AS field, anon_34.start AS start, anon_34."end" AS "end", anon_34.text AS text, anon_34.first AS first, anon_34.length AS length, anon_34.begin AS begin, anon_34.finish AS finish, lag(anon_34."end") OVER (PARTITION BY anon_34.node_type, anon_34.node_id ORDER BY anon_34.start) AS before, lead(anon_34.start) OVER (PARTITION BY anon_34.node_type, anon_34.node_id ORDER BY anon_34.start) AS after 
FROM anon_34 
WHERE anon_34.field = 4 OR anon_34.start < anon_34.finish), 
anon_32 AS 
(SELECT anon_33.node_type AS node_type, anon_33.node_id AS node_id, CASE WHEN (anon_33.field = 4) THEN CASE WHEN (anon_33.before IS NULL) THEN '' ELSE ', ' END || '<mark>' || replace(replace(replace(replace(replace(anon_33.text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' ELSE CASE WHEN (anon_33.before IS NULL AND anon_33.begin > 0) THEN '…' ELSE '' END || replace(replace(replace(replace(replace(substr(anon_33.text, coalesce(anon_33.before, anon_33.begin) + 1, anon_33.start - coalesce(anon_33.before, anon_33.begin)), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '<mark>' || replace(replace(replace(replace(replace(substr(anon_33.text, anon_33.start + 1, CASE WHEN (anon_33."end" < anon_33.finish) THEN anon_33."end" ELSE anon_33.finish END - anon_33.start), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' || CASE WHEN (anon_33.after IS NULL) THEN replace(replace(replace(replace(replace(substr(anon_33.text, CASE WHEN (anon_33."end" < anon_33.finish) THEN anon_33."end" ELSE anon_33.finish END + 1, anon_33.finish - CASE WHEN (anon_33."end" < anon_33.finish) THEN anon_33."end" ELSE anon_33.finish END), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || CASE WHEN (anon_33.finish < anon_33.length) THEN '…' ELSE '' END ELSE '' END END AS piece 
FROM anon_33 ORDER BY anon_33.node_type, anon_33.node_id, anon_33.start), 
anon_31 AS MATERIALIZED 
(SELECT anon_32.node_type AS node_type, anon_32.node_id AS node_id, string_agg(anon_32.piece, '') AS snippet 
FROM anon_32 GROUP BY anon_32.node_type, anon_32.node_id)
 SELECT (SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM anon_1) > 2) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce(to_json((SELECT '[' || to_json($2::VARCHAR)::text || ',' || coalesce(CAST(anon_28.score AS TEXT), 'null') || ',' || CAST(anon_28.popularity AS TEXT) || ',' || to_json(anon_28.node_type)::text || ',' || CAST(anon_28.node_id AS TEXT) || ']' AS json_3 
FROM (SELECT rows_1.score AS score, rows_1.popularity AS popularity, rows_1.node_type AS node_type, rows_1.node_id AS node_id 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score DESC, rows_1.popularity DESC, rows_1.node_type DESC, rows_1.node_id DESC 
 LIMIT 1 OFFSET 0) AS anon_28))::text, 'null') || ',"endCursor":' || coalesce(to_json((SELECT '[' || to_json($3::VARCHAR)::text || ',' || coalesce(CAST(anon_29.score AS TEXT), 'null') || ',' || CAST(anon_29.popularity AS TEXT) || ',' || to_json(anon_29.node_type)::text || ',' || CAST(anon_29.node_id AS TEXT) || ']' AS json_4 
FROM (SELECT rows_1.score AS score, rows_1.popularity AS popularity, rows_1.node_type AS node_type, rows_1.node_id AS node_id 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score ASC, rows_1.popularity ASC, rows_1.node_type ASC, rows_1.node_id ASC 
 LIMIT 1 OFFSET 0) AS anon_29))::text, 'null') || '}}' AS json_1 
FROM (SELECT '{"cursor":' || to_json('[' || to_json($4::VARCHAR)::text || ',' || coalesce(CAST(rows_1.score AS TEXT), 'null') || ',' || CAST(rows_1.popularity AS TEXT) || ',' || to_json(rows_1.node_type)::text || ',' || CAST(rows_1.node_id AS TEXT) || ']')::text || ',"score":' || coalesce(CAST(rows_1.score AS TEXT), 'null') || ',"snippet":' || coalesce(to_json((SELECT anon_31.snippet 
FROM anon_31 
WHERE anon_31.node_type = rows_1.node_type AND anon_31.node_id = rows_1.node_id))::text, 'null') || ',"node":' || coalesce(CASE WHEN (rows_1.node_type = $6::VARCHAR COLLATE "C") THEN (SELECT '{"slug":' || to_json(package_1.slug)::text || '}' AS json_5 
FROM package AS package_1 
WHERE package_1.id = rows_1.node_id) WHEN (rows_1.node_type = $7::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_55 
FROM grid AS grid_1 
WHERE grid_1.id = rows_1.node_id) WHEN (rows_1.node_type = $8::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_56 
FROM category AS category_1 
WHERE category_1.id = rows_1.node_id) END, 'null') || '}' AS element_1 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1 ORDER BY anon_1.score DESC, anon_1.popularity DESC, anon_1.node_type DESC, anon_1.node_id DESC 
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score DESC, rows_1.popularity DESC, rows_1.node_type DESC, rows_1.node_id DESC) AS anon_30) AS root_0;
