-- statements: 1
SELECT (WITH page_1 AS 
(SELECT anon_1.key_0 AS key_0 
FROM (SELECT change_1.id AS key_0 
FROM change AS change_1 
WHERE change_1.actor_folded LIKE $1::VARCHAR ESCAPE '\' AND change_1.id > $2::BIGINT ORDER BY change_1.id ASC 
 LIMIT 3 OFFSET 0) AS anon_1 ORDER BY key_0 ASC 
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 2) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((EXISTS (SELECT 1 
FROM change AS change_1 
WHERE change_1.actor_folded LIKE $1::VARCHAR ESCAPE '\' AND change_1.id < $2::BIGINT)) OR (EXISTS (SELECT 1 
FROM change AS change_1 
WHERE change_1.actor_folded LIKE $1::VARCHAR ESCAPE '\' AND change_1.id = $2::BIGINT))) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"id":"Change:' || change_2.id || '"}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0 
FROM page_1 ORDER BY page_1.key_0 ASC 
 LIMIT 2 OFFSET 0) AS rows_1 LEFT OUTER JOIN change AS change_2 ON change_2.id = rows_1.key_0 ORDER BY rows_1.key_0 ASC) AS anon_2) AS root_0;
