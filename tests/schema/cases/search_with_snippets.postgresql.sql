-- statements: 1
WITH anon_15 AS 
(SELECT anon_17.value ->> 0 AS kind, CAST(anon_17.value ->> 1 AS INTEGER) AS word, anon_17.value ->> 2 AS first, anon_17.value ->> 3 AS last 
FROM (SELECT position, value FROM json_array_elements(CAST($4::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_17), 
anon_14 AS 
(SELECT anon_15.kind AS kind, anon_15.word AS word, anon_15.first AS first, anon_15.last AS last, (SELECT count(*) AS count_1 
FROM (SELECT 1 
FROM search_posting AS search_posting_1 
WHERE search_posting_1.term BETWEEN anon_15.first AND anon_15.last 
 LIMIT 5000 OFFSET 0) AS anon_16) AS found 
FROM anon_15 
WHERE (anon_15.kind NOT IN ('typo', 'pattern'))), 
anon_13 AS 
(SELECT anon_14.kind AS kind, anon_14.word AS word, anon_14.first AS first, anon_14.last AS last, anon_14.found AS found 
FROM anon_14 UNION ALL SELECT 'typo' AS anon_18, anon_19.word AS word, anon_19.term AS term, anon_19.term AS term__1, (SELECT count(*) AS count_2 
FROM (SELECT 1 
FROM search_posting AS search_posting_2 
WHERE search_posting_2.term BETWEEN anon_19.term AND anon_19.term 
 LIMIT 5000 OFFSET 0) AS anon_21) AS anon_20 
FROM (SELECT anon_15.word AS word, anon_15.first AS term 
FROM anon_15 
WHERE anon_15.kind = 'typo' AND anon_15.word IN (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word 
HAVING sum(anon_14.found) < 10) UNION ALL SELECT anon_15.word AS word, search_pattern_1.term AS term 
FROM anon_15 JOIN search_pattern AS search_pattern_1 ON search_pattern_1.pattern = anon_15.first 
WHERE anon_15.kind = 'pattern' AND anon_15.word IN (SELECT anon_14.word 
FROM anon_14 GROUP BY anon_14.word 
HAVING sum(anon_14.found) < 10)) AS anon_19 UNION ALL SELECT 'whole typo' AS anon_22, anon_19.word AS word, '~' || anon_19.term AS json_2, '~' || anon_19.term AS json__1, (SELECT count(*) AS count_3 
FROM (SELECT 1 
FROM search_posting AS search_posting_3 
WHERE search_posting_3.term BETWEEN '~' || anon_19.term AND '~' || anon_19.term 
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
WHERE (SELECT max(anon_15.word) AS max_3 
FROM anon_15) = 0), 
anon_12 AS 
(SELECT search_posting_5.popularity AS popularity, search_posting_5.node_type AS node_type, search_posting_5.node_id AS node_id, max(CASE WHEN (anon_28.kind = 'typed' AND search_posting_5.field = 1) THEN 4000 WHEN (anon_28.kind = 'letters' AND search_posting_5.field = 1) THEN 3000 WHEN (anon_28.kind = 'typed' AND search_posting_5.field = 2) THEN 2000 WHEN (anon_28.kind = 'letters' AND search_posting_5.field = 2) THEN 1000 WHEN (anon_28.kind = 'whole typo' AND search_posting_5.field = 1) THEN 39 WHEN (anon_28.kind = 'whole typo' AND search_posting_5.field = 2) THEN 36 ELSE CASE WHEN (search_posting_5.field = 1) THEN 10 WHEN (search_posting_5.field = 2) THEN 8 WHEN (search_posting_5.field = 3) THEN 4 WHEN (search_posting_5.field = 4) THEN 2 END * CASE WHEN (anon_28.kind = 'typo') THEN 3 WHEN (search_posting_5.term = anon_28.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_13 AS anon_28 JOIN search_posting AS search_posting_5 ON anon_28.found > 0 AND search_posting_5.term BETWEEN anon_28.first AND anon_28.last AND (anon_28.kind != 'typo' OR search_posting_5.field != 4) 
WHERE anon_28.word + 0 = (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word ORDER BY sum(anon_13.found), anon_13.word 
 LIMIT 1 OFFSET 0) AND ($5::VARCHAR IS NULL OR search_posting_5.node_type IN (SELECT (anon_30.value #>> '{}') AS anon_29 
FROM (SELECT position, value FROM json_array_elements(CAST($5::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_30)) GROUP BY search_posting_5.popularity, search_posting_5.node_type, search_posting_5.node_id), 
anon_11 AS MATERIALIZED 
(SELECT anon_12.points + CASE WHEN ((SELECT max(anon_13.word) AS max_2 
FROM anon_13) = 0) THEN 0 ELSE (SELECT CASE WHEN (count(*) = (SELECT max(anon_13.word) AS max_2 
FROM anon_13)) THEN sum(anon_26.points) END AS anon_25 
FROM (SELECT max(CASE WHEN (anon_27.kind = 'typed' AND search_posting_4.field = 1) THEN 4000 WHEN (anon_27.kind = 'letters' AND search_posting_4.field = 1) THEN 3000 WHEN (anon_27.kind = 'typed' AND search_posting_4.field = 2) THEN 2000 WHEN (anon_27.kind = 'letters' AND search_posting_4.field = 2) THEN 1000 WHEN (anon_27.kind = 'whole typo' AND search_posting_4.field = 1) THEN 39 WHEN (anon_27.kind = 'whole typo' AND search_posting_4.field = 2) THEN 36 ELSE CASE WHEN (search_posting_4.field = 1) THEN 10 WHEN (search_posting_4.field = 2) THEN 8 WHEN (search_posting_4.field = 3) THEN 4 WHEN (search_posting_4.field = 4) THEN 2 END * CASE WHEN (anon_27.kind = 'typo') THEN 3 WHEN (search_posting_4.term = anon_27.first) THEN 10 ELSE 6 END END) AS points 
FROM anon_13 AS anon_27 JOIN search_posting AS search_posting_4 ON anon_27.found > 0 AND search_posting_4.term BETWEEN anon_27.first AND anon_27.last AND (anon_27.kind != 'typo' OR search_posting_4.field != 4) 
WHERE anon_27.word != (SELECT anon_13.word 
FROM anon_13 GROUP BY anon_13.word ORDER BY sum(anon_13.found), anon_13.word 
 LIMIT 1 OFFSET 0) AND search_posting_4.node_type = anon_12.node_type AND search_posting_4.node_id = anon_12.node_id GROUP BY anon_27.word) AS anon_26) END AS score, anon_12.popularity AS popularity, anon_12.node_type AS node_type, anon_12.node_id AS node_id 
FROM anon_12), 
page_1 AS 
(SELECT anon_10.score AS score, anon_10.popularity AS popularity, anon_10.node_type AS node_type, anon_10.node_id AS node_id, row_number() OVER (ORDER BY anon_10.score DESC, anon_10.popularity DESC, anon_10.node_type DESC, anon_10.node_id DESC) AS rank 
FROM (SELECT anon_11.score AS score, anon_11.popularity AS popularity, anon_11.node_type AS node_type, anon_11.node_id AS node_id 
FROM anon_11 
WHERE anon_11.score IS NOT NULL) AS anon_10 ORDER BY anon_10.score DESC, anon_10.popularity DESC, anon_10.node_type DESC, anon_10.node_id DESC 
 LIMIT $1::BIGINT + $6::BIGINT), 
anon_9 AS MATERIALIZED 
(SELECT page_1.node_type AS node_type, page_1.node_id AS node_id, (SELECT search_document_1.words 
FROM search_document AS search_document_1 
WHERE search_document_1.node_type = page_1.node_type AND search_document_1.node_id = page_1.node_id) AS words 
FROM page_1), 
anon_44 AS MATERIALIZED 
(SELECT anon_9.node_type AS node_type, anon_9.node_id AS node_id, anon_46.value ->> 0 AS term, CAST(anon_46.value ->> 1 AS INTEGER) AS field, CAST(anon_46.value ->> 2 AS INTEGER) AS start, CAST(anon_46.value ->> 2 AS INTEGER) + CAST(anon_46.value ->> 3 AS INTEGER) AS "end" 
FROM anon_9 JOIN json_array_elements(anon_9.words) AS anon_46 ON true 
WHERE CAST(anon_46.value ->> 3 AS INTEGER) > 0 OR CAST(anon_46.value ->> 1 AS INTEGER) = 4), 
anon_43 AS 
(SELECT anon_44.node_type AS node_type, anon_44.node_id AS node_id, anon_44.field AS field, anon_45.word AS word, anon_44.start AS start, anon_44."end" AS "end", CASE WHEN (anon_45.kind = 'typo') THEN 1 ELSE 0 END AS has_typo 
FROM anon_44 JOIN anon_13 AS anon_45 ON anon_45.found > 0 AND ((anon_44.term) COLLATE "C") BETWEEN anon_45.first AND anon_45.last AND (anon_45.kind != 'typo' OR anon_44.field != 4)), 
anon_42 AS 
(SELECT anon_43.node_type AS node_type, anon_43.node_id AS node_id, anon_43.field AS field, anon_43.word AS word, anon_43.start AS start, anon_43."end" AS "end", anon_43.has_typo AS has_typo, min(anon_43.has_typo) OVER (PARTITION BY anon_43.node_type, anon_43.node_id, anon_43.word) AS least 
FROM anon_43), 
anon_41 AS 
(SELECT anon_42.node_type AS node_type, anon_42.node_id AS node_id, anon_42.field AS field, anon_42.word AS word, anon_42.start AS start, min(anon_42."end") AS "end" 
FROM anon_42 
WHERE anon_42.has_typo = anon_42.least GROUP BY anon_42.node_type, anon_42.node_id, anon_42.field, anon_42.word, anon_42.start), 
anon_40 AS 
(SELECT anon_41.node_type AS node_type, anon_41.node_id AS node_id, anon_41.field AS field, anon_41.word AS word, anon_41.start AS start, anon_41."end" AS "end", dense_rank() OVER (PARTITION BY anon_41.node_type, anon_41.node_id, anon_41.field ORDER BY anon_41.word) AS nth_word 
FROM anon_41), 
anon_39 AS 
(SELECT anon_40.node_type AS node_type, anon_40.node_id AS node_id, anon_40.field AS field, anon_40.word AS word, anon_40.start AS start, anon_40."end" AS "end", anon_40.nth_word AS nth_word, max(anon_40.nth_word) OVER (PARTITION BY anon_40.node_type, anon_40.node_id, anon_40.field) AS words 
FROM anon_40), 
anon_38 AS 
(SELECT anon_39.node_type AS node_type, anon_39.node_id AS node_id, anon_39.field AS field, anon_39.word AS word, anon_39.start AS start, anon_39."end" AS "end", anon_39.nth_word AS nth_word, anon_39.words AS words, dense_rank() OVER (PARTITION BY anon_39.node_type, anon_39.node_id ORDER BY anon_39.words DESC, anon_39.field) AS place 
FROM anon_39), 
anon_37 AS 
(SELECT anon_38.node_type AS node_type, anon_38.node_id AS node_id, anon_38.field AS field, anon_38.word AS word, anon_38.start AS start, anon_38."end" AS "end", anon_38.nth_word AS nth_word, anon_38.words AS words, anon_38.place AS place 
FROM anon_38 
WHERE anon_38.place = 1), 
anon_36 AS 
(SELECT anon_37.node_type AS node_type, anon_37.node_id AS node_id, anon_37.field AS field, anon_37.word AS word, anon_37.start AS start, anon_37."end" AS "end", anon_37.nth_word AS nth_word, anon_37.words AS words, anon_37.place AS place, max(anon_37."end") OVER (PARTITION BY anon_37.node_type, anon_37.node_id ORDER BY anon_37.start, anon_37."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND $7::INTEGER PRECEDING) AS covered 
FROM anon_37), 
anon_35 AS 
(SELECT anon_36.node_type AS node_type, anon_36.node_id AS node_id, anon_36.field AS field, anon_36.word AS word, anon_36.start AS start, anon_36."end" AS "end", anon_36.nth_word AS nth_word, anon_36.words AS words, anon_36.place AS place, anon_36.covered AS covered, sum(CASE WHEN (anon_36.start <= anon_36.covered) THEN 0 ELSE 1 END) OVER (PARTITION BY anon_36.node_type, anon_36.node_id ORDER BY anon_36.start, anon_36."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run 
FROM anon_36), 
anon_33 AS 
(SELECT anon_35.node_type AS node_type, anon_35.node_id AS node_id, max(anon_35.field) AS field, min(anon_35.start) AS start, max(anon_35."end") AS "end" 
FROM anon_35 GROUP BY anon_35.node_type, anon_35.node_id, anon_35.run), 
anon_32 AS MATERIALIZED 
(SELECT anon_33.node_type AS node_type, anon_33.node_id AS node_id, anon_33.field AS field, anon_33.start AS start, anon_33."end" AS "end", (SELECT CASE WHEN (anon_33.field = 1) THEN search_document_2.title WHEN (anon_33.field = 2) THEN search_document_2.slug WHEN (anon_33.field = 3) THEN search_document_2.description ELSE search_document_2.participants ->> anon_33.start END AS anon_34 
FROM search_document AS search_document_2 
WHERE search_document_2.node_type = anon_33.node_type AND search_document_2.node_id = anon_33.node_id) AS text, min(anon_33.start) OVER (PARTITION BY anon_33.node_type, anon_33.node_id) AS first 
FROM anon_33), 
anon_31 AS 
(SELECT anon_32.node_type AS node_type, anon_32.node_id AS node_id, anon_32.field AS field, anon_32.start AS start, anon_32."end" AS "end", anon_32.text AS text, anon_32.first AS first, length(anon_32.text) AS length 
FROM anon_32), 
anon_6 AS MATERIALIZED 
(SELECT anon_31.node_type AS node_type, anon_31.node_id AS node_id, anon_31.field AS field, anon_31.start AS start, anon_31."end" AS "end", anon_31.text AS text, anon_31.first AS first, anon_31.length AS length, CASE WHEN (anon_31.field != 4 AND CASE WHEN (anon_31.first - 60 < anon_31.length - 200) THEN anon_31.first - 60 ELSE anon_31.length - 200 END > 0) THEN (SELECT min(CAST(anon_7.value ->> 2 AS INTEGER)) AS min_1 
FROM anon_9 AS anon_8 JOIN json_array_elements(anon_8.words) AS anon_7 ON true 
WHERE anon_8.node_type = anon_31.node_type AND anon_8.node_id = anon_31.node_id AND CAST(anon_7.value ->> 1 AS INTEGER) = anon_31.field AND CAST(anon_7.value ->> 2 AS INTEGER) >= CASE WHEN (anon_31.first - 60 < anon_31.length - 200) THEN anon_31.first - 60 ELSE anon_31.length - 200 END) ELSE 0 END AS begin 
FROM anon_31), 
anon_5 AS MATERIALIZED 
(SELECT anon_6.node_type AS node_type, anon_6.node_id AS node_id, anon_6.field AS field, anon_6.start AS start, anon_6."end" AS "end", anon_6.text AS text, anon_6.first AS first, anon_6.length AS length, anon_6.begin AS begin, CASE WHEN (anon_6.length <= anon_6.begin + 200) THEN anon_6.length ELSE coalesce((SELECT max(CAST(anon_7.value ->> 2 AS INTEGER) + CAST(anon_7.value ->> 3 AS INTEGER)) AS max_1 
FROM anon_9 AS anon_8 JOIN json_array_elements(anon_8.words) AS anon_7 ON true 
WHERE anon_8.node_type = anon_6.node_type AND anon_8.node_id = anon_6.node_id AND CAST(anon_7.value ->> 1 AS INTEGER) = anon_6.field AND CAST(anon_7.value ->> 2 AS INTEGER) >= anon_6.first AND CAST(anon_7.value ->> 2 AS INTEGER) + CAST(anon_7.value ->> 3 AS INTEGER) <= anon_6.begin + 200), anon_6.begin + 200) END AS finish 
FROM anon_6), 
anon_4 AS 
(SELECT anon_5.node_type AS node_type, anon_5.node_id AS node_id, anon_5.field AS field, anon_5.start AS start, anon_5."end" AS "end", anon_5.text AS text, anon_5.first AS first, anon_5.length AS length, anon_5.begin AS begin, anon_5.finish AS finish, lag(anon_5."end") OVER (PARTITION BY anon_5.node_type, anon_5.node_id ORDER BY anon_5.start) AS before, lead(anon_5.start) OVER (PARTITION BY anon_5.node_type, anon_5.node_id ORDER BY anon_5.start) AS after 
FROM anon_5 
WHERE anon_5.field = 4 OR anon_5.start < anon_5.finish), 
anon_3 AS 
(SELECT anon_4.node_type AS node_type, anon_4.node_id AS node_id, CASE WHEN (anon_4.field = 4) THEN CASE WHEN (anon_4.before IS NULL) THEN '' ELSE ', ' END || '<mark>' || replace(replace(replace(replace(replace(anon_4.text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' ELSE CASE WHEN (anon_4.before IS NULL AND anon_4.begin > 0) THEN '…' ELSE '' END || replace(replace(replace(replace(replace(substr(anon_4.text, coalesce(anon_4.before, anon_4.begin) + 1, anon_4.start - coalesce(anon_4.before, anon_4.begin)), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '<mark>' || replace(replace(replace(replace(replace(substr(anon_4.text, anon_4.start + 1, CASE WHEN (anon_4."end" < anon_4.finish) THEN anon_4."end" ELSE anon_4.finish END - anon_4.start), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || '</mark>' || CASE WHEN (anon_4.after IS NULL) THEN replace(replace(replace(replace(replace(substr(anon_4.text, CASE WHEN (anon_4."end" < anon_4.finish) THEN anon_4."end" ELSE anon_4.finish END + 1, anon_4.finish - CASE WHEN (anon_4."end" < anon_4.finish) THEN anon_4."end" ELSE anon_4.finish END), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') || CASE WHEN (anon_4.finish < anon_4.length) THEN '…' ELSE '' END ELSE '' END END AS piece 
FROM anon_4 ORDER BY anon_4.node_type, anon_4.node_id, anon_4.start), 
anon_2 AS MATERIALIZED 
(SELECT anon_3.node_type AS node_type, anon_3.node_id AS node_id, string_agg(anon_3.piece, '') AS snippet 
FROM anon_3 GROUP BY anon_3.node_type, anon_3.node_id)
 SELECT (SELECT '{"edges":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (max(rank) > $1::BIGINT) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce(to_json(max(CASE WHEN (rank <= $1::BIGINT AND rank = $2::INTEGER) THEN value_2 END))::text, 'null') || ',"endCursor":' || coalesce(to_json(max(CASE WHEN (rank <= $1::BIGINT AND (rank = $1::BIGINT OR rank = row_count)) THEN value_3 END))::text, 'null') || '}}' AS json_1 
FROM (SELECT '{"cursor":' || to_json('[' || to_json($3::VARCHAR)::text || ',' || coalesce(to_json(page_1.score)::text, 'null') || ',' || CAST(page_1.popularity AS TEXT) || ',' || to_json(page_1.node_type)::text || ',' || CAST(page_1.node_id AS TEXT) || ']')::text || ',"score":' || coalesce(to_json(page_1.score)::text, 'null') || ',"snippet":' || coalesce(to_json((SELECT anon_2.snippet 
FROM anon_2 
WHERE anon_2.node_type = page_1.node_type AND anon_2.node_id = page_1.node_id))::text, 'null') || ',"node":' || coalesce(CASE WHEN (page_1.node_type = $8::VARCHAR COLLATE "C") THEN (SELECT '{"slug":' || to_json(package_1.slug)::text || '}' AS json_3 
FROM package AS package_1 
WHERE package_1.id = page_1.node_id) WHEN (page_1.node_type = $9::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_47 
FROM grid AS grid_1 
WHERE grid_1.id = page_1.node_id) WHEN (page_1.node_type = $10::VARCHAR COLLATE "C") THEN (SELECT '{}' AS anon_48 
FROM category AS category_1 
WHERE category_1.id = page_1.node_id) END, 'null') || '}' AS value_0, page_1.rank AS rank, '[' || to_json($11::VARCHAR)::text || ',' || coalesce(to_json(page_1.score)::text, 'null') || ',' || CAST(page_1.popularity AS TEXT) || ',' || to_json(page_1.node_type)::text || ',' || CAST(page_1.node_id AS TEXT) || ']' AS value_2, '[' || to_json($12::VARCHAR)::text || ',' || coalesce(to_json(page_1.score)::text, 'null') || ',' || CAST(page_1.popularity AS TEXT) || ',' || to_json(page_1.node_type)::text || ',' || CAST(page_1.node_id AS TEXT) || ']' AS value_3, count(*) OVER () AS row_count 
FROM page_1 ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
