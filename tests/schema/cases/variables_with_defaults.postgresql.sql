-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.slug_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE package_1.title_folded LIKE $1::VARCHAR ESCAPE '\' ORDER BY package_1.slug_folded DESC, package_1.id ASC 
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || '],"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE package_1.title_folded LIKE $1::VARCHAR ESCAPE '\') AS TEXT), 'null') || '}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 DESC, page_1.key_1 ASC) AS anon_1) AS root_0;
