-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 2 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || '],"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1) AS TEXT), 'null') || '}' AS json_1 
FROM (SELECT '{"title":' || to_json(package_2.title)::text || ',"created":"' || to_char(package_2.created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","modified":"' || to_char(package_2.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","category":{"title":' || to_json(category_1.title)::text || '}}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 LEFT OUTER JOIN category AS category_1 ON package_2.category_id = category_1.id ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0;
