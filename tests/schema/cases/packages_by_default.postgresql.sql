-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 21 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 20) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || '},"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_1) AS TEXT), 'null') || '}' AS json_1 
FROM (SELECT '{"title":' || to_json(package_2.title)::text || '}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC 
 LIMIT 20 OFFSET 0) AS rows_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = rows_1.key_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 ASC) AS anon_1) AS root_0;
