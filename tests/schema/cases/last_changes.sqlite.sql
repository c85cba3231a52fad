-- statements: 1
SELECT (WITH page_1 AS 
(SELECT change_1.id AS key_0 
FROM change AS change_1 ORDER BY change_1.id DESC
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 2) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"id":"Change:' || change_2.id || '","actor":' || json_quote(change_2.actor) || '}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0 
FROM page_1
 LIMIT 2 OFFSET 0) AS rows_1 LEFT OUTER JOIN change AS change_2 ON change_2.id = rows_1.key_0 ORDER BY rows_1.key_0 ASC) AS anon_1) AS root_0;
