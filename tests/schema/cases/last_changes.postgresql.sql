-- statements: 1
SELECT (WITH page_1 AS 
(SELECT change_1.id AS key_0 
FROM change AS change_1 ORDER BY change_1.id DESC 
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 2) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"id":"Change:' || change_2.id || '","actor":' || to_json(change_2.actor)::text || '}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0 
FROM page_1 ORDER BY page_1.key_0 DESC 
 LIMIT 2 OFFSET 0) AS rows_1 LEFT OUTER JOIN change AS change_2 ON change_2.id = rows_1.key_0 ORDER BY rows_1.key_0 ASC) AS anon_1) AS root_0;
