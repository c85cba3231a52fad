-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded DESC, package_1.id DESC
 LIMIT 3 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1) AS TEXT), 'null') || ',"pageInfo":{"hasNextPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || '}}' AS json_1) AS root_0;
