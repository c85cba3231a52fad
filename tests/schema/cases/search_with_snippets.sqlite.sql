-- statements: 1
WITH anon_6 AS 
(SELECT anon_8.value ->> 0 AS kind, CAST(anon_8.value ->> 1 AS INTEGER) AS word, anon_8.value ->> 2 AS first, anon_8.value ->> 3 AS last 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_8), 
anon_5 AS 
(SELECT anon_6.kind AS kind, anon_6.word AS word, anon_6.first AS first, anon_6.last AS last, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_6.first AND anon_6.last
 LIMIT 5000 OFFSET 0) AS anon_7) AS found 
FROM anon_6), 
anon_15 AS 
(SELECT anon_5.word AS word 
FROM anon_5 GROUP BY anon_5.word 
HAVING sum(anon_5.found) < 10), 
anon_13 AS 
(SELECT anon_14.value ->> 0 AS kind, CAST(anon_14.value ->> 1 AS INTEGER) AS word, anon_14.value ->> 2 AS term 
FROM (SELECT key AS position, value FROM json_each(CASE WHEN (EXISTS (SELECT 1 
FROM anon_15)) THEN ? ELSE '[]' END)) AS anon_14 
WHERE CAST(anon_14.value ->> 1 AS INTEGER) IN (SELECT anon_15.word 
FROM anon_15)), 
words_1 AS 
(SELECT anon_5.kind AS kind, anon_5.word AS word, anon_5.first AS first, anon_5.last AS last, anon_5.found AS found 
FROM anon_5 UNION ALL SELECT 'typo' AS anon_9, anon_10.word AS word, anon_10.term AS term, anon_10.term AS term__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN anon_10.term AND anon_10.term
 LIMIT 5000 OFFSET 0) AS anon_12) AS anon_11 
FROM (SELECT anon_13.word AS word, anon_13.term AS term 
FROM anon_13 
WHERE anon_13.kind = 'typo' UNION ALL SELECT anon_13.word AS word, search_pattern_1.term AS term 
FROM anon_13 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_13.term 
WHERE anon_13.kind = 'pattern') AS anon_10 UNION ALL SELECT 'whole typo' AS anon_16, anon_10.word AS word, '~' || anon_10.term AS json_2, '~' || anon_10.term AS json__1, (SELECT count(*) AS count_4 
FROM (SELECT 1 
FROM search_posting AS posting 
WHERE posting.term BETWEEN '~' || anon_10.term AND '~' || anon_10.term
 LIMIT 5000 OFFSET 0) AS anon_18) AS anon_17 
FROM (SELECT anon_13.word AS word, anon_13.term AS term 
FROM anon_13 
WHERE anon_13.kind = 'typo' UNION ALL SELECT anon_13.word AS word, search_pattern_1.term AS term 
FROM anon_13 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_13.term 
WHERE anon_13.kind = 'pattern') AS anon_10 
WHERE (SELECT max(anon_6.word) AS max_1 
FROM anon_6) = 0), 
anon_3 AS MATERIALIZED 
(SELECT anon_4.score AS score, anon_4.popularity AS popularity, anon_4.node_type AS node_type, anon_4.node_id AS node_id 
FROM (SELECT 4000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_2 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 4000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_4 UNION ALL SELECT anon_19.score AS score, anon_19.popularity AS popularity, anon_19.node_type AS node_type, anon_19.node_id AS node_id 
FROM (SELECT 3000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_3 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 3000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_19 UNION ALL SELECT anon_20.score AS score, anon_20.popularity AS popularity, anon_20.node_type AS node_type, anon_20.node_id AS node_id 
FROM (SELECT 2000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'typed' AND (SELECT max(words_1.word) AS max_4 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 2000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_20 UNION ALL SELECT anon_21.score AS score, anon_21.popularity AS popularity, anon_21.node_type AS node_type, anon_21.node_id AS node_id 
FROM (SELECT 1000 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'letters' AND (SELECT max(words_1.word) AS max_5 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 1000) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_21 UNION ALL SELECT anon_22.score AS score, anon_22.popularity AS popularity, anon_22.node_type AS node_type, anon_22.node_id AS node_id 
FROM (SELECT 100 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_6 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 1 AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 100) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_22 UNION ALL SELECT anon_23.score AS score, anon_23.popularity AS popularity, anon_23.node_type AS node_type, anon_23.node_id AS node_id 
FROM (SELECT 80 AS score, posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id 
FROM search_posting AS posting 
WHERE posting.term = (SELECT words_1.first 
FROM words_1 
WHERE words_1.kind = 'word' AND (SELECT max(words_1.word) AS max_7 
FROM words_1) = 0
 LIMIT 1 OFFSET 0) AND posting.field = 2 AND EXISTS (SELECT 1 FROM words_1 AS meant JOIN search_posting AS better ON meant.found > 0 AND better.term BETWEEN meant.first AND meant.last AND (meant.kind <> 'typo' OR better.field <> 4) WHERE better.node_type = posting.node_type AND better.node_id = posting.node_id AND CASE WHEN meant.kind = 'typed' AND better.field = 1 THEN 4000 WHEN meant.kind = 'letters' AND better.field = 1 THEN 3000 WHEN meant.kind = 'typed' AND better.field = 2 THEN 2000 WHEN meant.kind = 'letters' AND better.field = 2 THEN 1000 WHEN meant.kind = 'whole typo' AND better.field = 1 THEN 39 WHEN meant.kind = 'whole typo' AND better.field = 2 THEN 36 ELSE CASE better.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN meant.kind = 'typo' THEN 3 WHEN better.term = meant.first THEN 10 ELSE 6 END END > 80) = 0 ORDER BY posting.popularity DESC, posting.node_type DESC, posting.node_id DESC
 LIMIT 3 OFFSET 0) AS anon_23), 
anon_26 AS 
(SELECT posting.popularity AS popularity, posting.node_type AS node_type, posting.node_id AS node_id, max(CASE WHEN anon_30.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_30.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_30.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_30.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_30.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_30.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_30.kind = 'typo' THEN 3 WHEN posting.term = anon_30.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_30 JOIN search_posting AS posting ON anon_30.found > 0 AND posting.term BETWEEN anon_30.first AND anon_30.last AND (anon_30.kind <> 'typo' OR posting.field <> 4) = 1 
WHERE (SELECT count(*) AS count_5 
FROM anon_3) < 3 AND anon_30.word + 0 = (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word
 LIMIT 1 OFFSET 0) GROUP BY posting.popularity, posting.node_type, posting.node_id), 
anon_25 AS MATERIALIZED 
(SELECT anon_26.points + CASE WHEN ((SELECT max(words_1.word) AS max_8 
FROM words_1) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(words_1.word) AS max_8 
FROM words_1)) THEN sum(anon_28.points) END AS anon_27 
FROM (SELECT max(CASE WHEN anon_29.kind = 'typed' AND posting.field = 1 THEN 4000 WHEN anon_29.kind = 'letters' AND posting.field = 1 THEN 3000 WHEN anon_29.kind = 'typed' AND posting.field = 2 THEN 2000 WHEN anon_29.kind = 'letters' AND posting.field = 2 THEN 1000 WHEN anon_29.kind = 'whole typo' AND posting.field = 1 THEN 39 WHEN anon_29.kind = 'whole typo' AND posting.field = 2 THEN 36 ELSE CASE posting.field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 WHEN 4 THEN 2 END * CASE WHEN anon_29.kind = 'typo' THEN 3 WHEN posting.term = anon_29.first THEN 10 ELSE 6 END END) AS points 
FROM words_1 AS anon_29 JOIN search_posting AS posting ON anon_29.found > 0 AND posting.term BETWEEN anon_29.first AND anon_29.last AND (anon_29.kind <> 'typo' OR posting.field <> 4) = 1 
WHERE anon_29.word != (SELECT words_1.word 
FROM words_1 GROUP BY words_1.word ORDER BY sum(words_1.found), words_1.word
 LIMIT 1 OFFSET 0) AND posting.node_type = anon_26.node_type AND posting.node_id = anon_26.node_id GROUP BY anon_29.word) AS anon_28) END AS score, anon_26.popularity AS popularity, anon_26.node_type AS node_type, anon_26.node_id AS node_id 
FROM anon_26), 
anon_1 AS MATERIALIZED 
(SELECT anon_2.score AS score, anon_2.popularity AS popularity, anon_2.node_type AS node_type, anon_2.node_id AS node_id 
FROM (SELECT anon_3.score AS score, anon_3.popularity AS popularity, anon_3.node_type AS node_type, anon_3.node_id AS node_id 
FROM anon_3 
WHERE (SELECT count(*) AS count_5 
FROM anon_3) >= 3 UNION ALL SELECT anon_24.score AS score, anon_24.popularity AS popularity, anon_24.node_type AS node_type, anon_24.node_id AS node_id 
FROM (SELECT anon_25.score AS score, anon_25.popularity AS popularity, anon_25.node_type AS node_type, anon_25.node_id AS node_id 
FROM anon_25 
WHERE anon_25.score IS NOT NULL) AS anon_24) AS anon_2 ORDER BY anon_2.score DESC, anon_2.popularity DESC, anon_2.node_type DESC, anon_2.node_id DESC
 LIMIT 3 OFFSET 0), 
anon_41 AS MATERIALIZED 
(SELECT rows_1.node_type AS node_type, rows_1.node_id AS node_id, (SELECT search_document_1.words 
FROM search_document AS search_document_1 
WHERE search_document_1.node_type = rows_1.node_type AND search_document_1.node_id = rows_1.node_id) AS words 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1
 LIMIT 2 OFFSET 0) AS rows_1), 
anon_55 AS MATERIALIZED 
(SELECT anon_41.node_type AS node_type, anon_41.node_id AS node_id, anon_57.value ->> 0 AS term, CAST(anon_57.value ->> 1 AS INTEGER) AS field, CAST(anon_57.value ->> 2 AS INTEGER) AS start, CAST(anon_57.value ->> 2 AS INTEGER) + CAST(anon_57.value ->> 3 AS INTEGER) AS "end" 
FROM anon_41 JOIN json_each(anon_41.words) AS anon_57 ON 1 = 1 
WHERE CAST(anon_57.value ->> 3 AS INTEGER) > 0 OR CAST(anon_57.value ->> 1 AS INTEGER) = 4), 
anon_54 AS 
(SELECT anon_55.node_type AS node_type, anon_55.node_id AS node_id, anon_55.field AS field, anon_56.word AS word, anon_55.start AS start, anon_55."end" AS "end", CASE WHEN (anon_56.kind = 'typo') THEN 1 ELSE 0 END AS has_typo 
FROM anon_55 JOIN words_1 AS anon_56 ON anon_56.found > 0 AND anon_55.term BETWEEN anon_56.first AND anon_56.last AND (anon_56.kind <> 'typo' OR anon_55.field <> 4) = 1), 
anon_53 AS 
(SELECT anon_54.node_type AS node_type, anon_54.node_id AS node_id, anon_54.field AS field, anon_54.word AS word, anon_54.start AS start, anon_54."end" AS "end", anon_54.has_typo AS has_typo, min(anon_54.has_typo) OVER (PARTITION BY anon_54.node_type, anon_54.node_id, anon_54.word) AS least 
FROM anon_54), 
anon_52 AS 
(SELECT anon_53.node_type AS node_type, anon_53.node_id AS node_id, anon_53.field AS field, anon_53.word AS word, anon_53.start AS start, min(anon_53."end") AS "end" 
FROM anon_53 
WHERE anon_53.has_typo = anon_53.least GROUP BY anon_53.node_type, anon_53.node_id, anon_53.field, anon_53.word, anon_53.start), 
anon_51 AS 
(SELECT anon_52.node_type AS node_type, anon_52.node_id AS node_id, anon_52.field AS field, anon_52.word AS word, anon_52.start AS start, anon_52."end" AS "end", dense_rank() OVER (PARTITION BY anon_52.node_type, anon_52.node_id, anon_52.field ORDER BY anon_52.word) AS nth_word 
FROM anon_52), 
anon_50 AS 
(SELECT anon_51.node_type AS node_type, anon_51.node_id AS node_id, anon_51.field AS field, anon_51.word AS word, anon_51.start AS start, anon_51."end" AS "end", anon_51.nth_word AS nth_word, max(anon_51.nth_word) OVER (PARTITION BY anon_51.node_type, anon_51.node_id, anon_51.field) AS words 
FROM anon_51), 
anon_49 AS 
(SELECT anon_50.node_type AS node_type, anon_50.node_id AS node_id, anon_50.field AS field, anon_50.word AS word, anon_50.start AS start, anon_50."end" AS "end", anon_50.nth_word AS nth_word, anon_50.words AS words, dense_rank() OVER (PARTITION BY anon_50.node_type, anon_50.node_id ORDER BY anon_50.words DESC, anon_50.field) AS place 
FROM anon_50), 
anon_48 AS 
(SELECT anon_49.node_type AS node_type, anon_49.node_id AS node_id, anon_49.field AS field, anon_49.word AS word, anon_49.start AS start, anon_49."end" AS "end", anon_49.nth_word AS nth_word, anon_49.words AS words, anon_49.place AS place 
FROM anon_49 
WHERE anon_49.place = 1), 
anon_47 AS 
(SELECT anon_48.node_type AS node_type, anon_48.node_id AS node_id, anon_48.field AS field, anon_48.word AS word, anon_48.start AS start, anon_48."end" AS "end", anon_48.nth_word AS nth_word, anon_48.words AS words, anon_48.place AS place, max(anon_48."end") OVER (PARTITION BY anon_48.node_type, anon_48.node_id ORDER BY anon_48.start, anon_48."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND ? PRECEDING) AS covered 
FROM anon_48), 
anon_46 AS 
(SELECT anon_47.node_type AS node_type, anon_47.node_id AS node_id, anon_47.field AS field, anon_47.word AS word, anon_47.start AS start, anon_47."end" AS "end", anon_47.nth_word AS nth_word, anon_47.words AS words, anon_47.place AS place, anon_47.covered AS covered, sum(CASE WHEN (anon_47.start <= anon_47.covered) THEN 0 ELSE 1 END) OVER (PARTITION BY anon_47.node_type, anon_47.node_id ORDER BY anon_47.start, anon_47."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run 
FROM anon_47), 
anon_44 AS 
(SELECT anon_46.node_type AS node_type, anon_46.node_id AS node_id, max(anon_46.field) AS field, min(anon_46.start) AS start, max(anon_46."end") AS "end" 
FROM anon_46 GROUP BY anon_46.node_type, anon_46.node_id, anon_46.run), 
anon_43 AS MATERIALIZED 
(SELECT anon_44.node_type AS node_type, anon_44.node_id AS node_id, anon_44.field AS field, anon_44.start AS start, anon_44."end" AS "end", (SELECT CASE WHEN (anon_44.field = 1) THEN search_document_2.title WHEN (anon_44.field = 2) THEN search_document_2.slug WHEN (anon_44.field = 3) THEN search_document_2.description ELSE search_document_2.participants ->> anon_44.start END AS anon_45 
FROM search_document AS search_document_2 
WHERE search_document_2.node_type = anon_44.node_type AND search_document_2.node_id = anon_44.node_id) AS text, min(anon_44.start) OVER (PARTITION BY anon_44.node_type, anon_44.node_id) AS first 
FROM anon_44), 
anon_42 AS 
(SELECT anon_43.node_type AS node_type, anon_43.node_id AS node_id, anon_43.field AS field, anon_43.start AS start, anon_43."end" AS "end", anon_43.text AS text, anon_43.first AS first, length(anon_43.text) AS length 
FROM anon_43), 
anon_38 AS MATERIALIZED 
(SELECT anon_42.node_type AS node_type, anon_42.node_id AS node_id, anon_42.field AS field, anon_42.start AS start, anon_42."end" AS "end", anon_42.text AS text, anon_42.first AS first, anon_42.length AS length, CASE WHEN (anon_42.field != 4 AND CASE WHEN (anon_42.first - 60 < anon_42.length - 200) THEN anon_42.first - 60 ELSE anon_42.length - 200 END > 0) THEN (SELECT min(CAST(anon_39.value ->> 2 AS INTEGER)) AS min_1 
FROM anon_41 AS anon_40 JOIN json_each(anon_40.words) AS anon_39 ON 1 = 1 
WHERE anon_40.node_type = anon_42.node_type AND anon_40.node_id = anon_42.node_id AND CAST(anon_39.value ->> 1 AS INTEGER) = anon_42.field AND CAST(anon_39.value ->> 2 AS INTEGER) >= CASE WHEN (anon_42.first - 60 < anon_42.length - 200) THEN anon_42.first - 60 ELSE anon_42.length - 200 END) ELSE 0 END AS "begin" 
FROM anon_42), 
anon_37 AS MATERIALIZED 
(SELECT anon_38.node_type AS node_type, anon_38.node_id AS node_id, anon_38.field AS field, anon_38.start AS start, anon_38."end" AS "end", anon_38.text AS text, anon_38.first AS first, anon_38.length AS length, anon_38."begin" AS "begin", CASE WHEN (anon_38.length <= anon_38."begin" + 200) THEN anon_38.length ELSE coalesce((SELECT max(CAST(anon_39.value ->> 2 AS INTEGER) + CAST(anon_39.value ->> 3 AS INTEGER)) AS max_9 
FROM anon_41 AS anon_40 JOIN json_each(anon_40.words) AS anon_39 ON 1 = 1 
WHERE anon_40.node_type = anon_38.node_type AND anon_40.node_id = anon_38.node_id AND CAST(anon_39.value ->> 1 AS INTEGER) = anon_38.field AND CAST(anon_39.value ->> 2 AS INTEGER) >= anon_38.first AND CAST(anon_39.value ->> 2 AS INTEGER) + CAST(anon_39.value ->> 3 AS INTEGER) <= anon_38."begin" + 200), anon_38."begin" + 200) END AS finish 
FROM anon_38), 
anon_36 AS 
(SELECT anon_37.node_type AS node_type, anon_37.node_id AS node_id, anon_37.field AS field, anon_37.start AS start, anon_37."end" AS "end", anon_37.text AS text, anon_37.first AS first, anon_37.length AS length, anon_37."begin" AS "begin", anon_37.finish AS finish, lag(anon_37."end") OVER (PARTITION BY anon_37.node_type, anon_37.node_id ORDER BY anon_37.start) AS "before", lead(anon_37.start) OVER (PARTITION BY anon_37.node_type, anon_37.node_id ORDER BY anon_37.start) AS "after" 
FROM anon_37 
WHERE anon_37.field = 4 OR anon_37.start < anon_37.finish), 
anon_35 AS 
(SELECT anon_36.node_type AS node_type, anon_36.node_id AS node_id, CASE WHEN (anon_36.field = 4) THEN CASE WHEN (anon_36."before" IS NULL) THEN '' ELSE ', ' END || '<mark>' || replace(replace(replace(replace(replace(anon_36.text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' ELSE CASE WHEN (anon_36."before" IS NULL AND anon_36."begin" > 0) THEN '…' ELSE '' END || replace(replace(replace(replace(replace(substr(anon_36.text, coalesce(anon_36."before", anon_36."begin") + 1, anon_36.start - coalesce(anon_36."before", anon_36."begin")), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '<mark>' || replace(replace(replace(replace(replace(substr(anon_36.text, anon_36.start + 1, CASE WHEN (anon_36."end" < anon_36.finish) THEN anon_36."end" ELSE anon_36.finish END - anon_36.start), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' || CASE WHEN (anon_36."after" IS NULL) THEN replace(replace(replace(replace(replace(substr(anon_36.text, CASE WHEN (anon_36."end" < anon_36.finish) THEN anon_36."end" ELSE anon_36.finish END + 1, anon_36.finish - CASE WHEN (anon_36."end" < anon_36.finish) THEN anon_36."end" ELSE anon_36.finish END), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || CASE WHEN (anon_36.finish < anon_36.length) THEN '…' ELSE '' END ELSE '' END END AS piece 
FROM anon_36 ORDER BY anon_36.node_type, anon_36.node_id, anon_36.start), 
anon_34 AS MATERIALIZED 
(SELECT anon_35.node_type AS node_type, anon_35.node_id AS node_id, group_concat(anon_35.piece, '') AS snippet 
FROM anon_35 GROUP BY anon_35.node_type, anon_35.node_id)
 SELECT (SELECT '{"edges":[' || coalesce(group_concat(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM anon_1) > 2) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce(json_quote((SELECT '[' || json_quote(?) || ',' || coalesce(CAST(anon_31.score AS TEXT), 'null') || ',' || CAST(anon_31.popularity AS TEXT) || ',' || json_quote(anon_31.node_type) || ',' || CAST(anon_31.node_id AS TEXT) || ']' AS json_3 
FROM (SELECT rows_1.score AS score, rows_1.popularity AS popularity, rows_1.node_type AS node_type, rows_1.node_id AS node_id 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score DESC, rows_1.popularity DESC, rows_1.node_type DESC, rows_1.node_id DESC
 LIMIT 1 OFFSET 0) AS anon_31)), 'null') || ',"endCursor":' || coalesce(json_quote((SELECT '[' || json_quote(?) || ',' || coalesce(CAST(anon_32.score AS TEXT), 'null') || ',' || CAST(anon_32.popularity AS TEXT) || ',' || json_quote(anon_32.node_type) || ',' || CAST(anon_32.node_id AS TEXT) || ']' AS json_4 
FROM (SELECT rows_1.score AS score, rows_1.popularity AS popularity, rows_1.node_type AS node_type, rows_1.node_id AS node_id 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.score ASC, rows_1.popularity ASC, rows_1.node_type ASC, rows_1.node_id ASC
 LIMIT 1 OFFSET 0) AS anon_32)), 'null') || '}}' AS json_1 
FROM (SELECT '{"cursor":' || json_quote('[' || json_quote(?) || ',' || coalesce(CAST(rows_1.score AS TEXT), 'null') || ',' || CAST(rows_1.popularity AS TEXT) || ',' || json_quote(rows_1.node_type) || ',' || CAST(rows_1.node_id AS TEXT) || ']') || ',"score":' || coalesce(CAST(rows_1.score AS TEXT), 'null') || ',"snippet":' || coalesce(json_quote((SELECT anon_34.snippet 
FROM anon_34 
WHERE anon_34.node_type = rows_1.node_type AND anon_34.node_id = rows_1.node_id)), 'null') || ',"node":' || coalesce(CASE WHEN (rows_1.node_type = ?) THEN (SELECT '{"slug":' || json_quote(package_1.slug) || '}' AS json_5 
FROM package AS package_1 
WHERE package_1.id = rows_1.node_id) WHEN (rows_1.node_type = ?) THEN (SELECT '{}' AS anon_58 
FROM grid AS grid_1 
WHERE grid_1.id = rows_1.node_id) WHEN (rows_1.node_type = ?) THEN (SELECT '{}' AS anon_59 
FROM category AS category_1 
WHERE category_1.id = rows_1.node_id) END, 'null') || '}' AS element_1 
FROM (SELECT anon_1.score AS score, anon_1.popularity AS popularity, anon_1.node_type AS node_type, anon_1.node_id AS node_id 
FROM anon_1
 LIMIT 2 OFFSET 0) AS rows_1) AS anon_33) AS root_0;
