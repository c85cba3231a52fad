-- statements: 1
SELECT (WITH page_1 AS 
(SELECT anon_1.key_0 AS key_0 
FROM (SELECT change_1.id AS key_0 
FROM change AS change_1 
WHERE change_1.actor_folded LIKE ? ESCAPE '\' AND change_1.id > ? ORDER BY change_1.id ASC
 LIMIT 3 OFFSET 0) AS anon_1
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 2) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((EXISTS (SELECT 1 
FROM change AS change_1 
WHERE change_1.actor_folded LIKE ? ESCAPE '\' AND change_1.id < ?)) OR (EXISTS (SELECT 1 
FROM change AS change_1 
WHERE change_1.actor_folded LIKE ? ESCAPE '\' AND change_1.id = ?))) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"id":"Change:' || change_2.id || '"}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0 
FROM page_1
 LIMIT 2 OFFSET 0) AS rows_1 LEFT OUTER JOIN change AS change_2 ON change_2.id = rows_1.key_0) AS anon_2) AS root_0;
