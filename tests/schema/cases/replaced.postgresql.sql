-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE package_1.deprecated_at IS NOT NULL ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"replacedBy":' || coalesce(substr(CAST(package_3.id AS TEXT), 1, 0) || '{"slug":' || to_json(package_3.slug)::text || ',"replacedBy":' || coalesce(substr(CAST(package_4.id AS TEXT), 1, 0) || '{"slug":' || to_json(package_4.slug)::text || '}', 'null') || ',"grids":' || (SELECT '[' || coalesce(string_agg(anon_2.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"slug":' || to_json(grid_1.slug)::text || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_3.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_2) || '}', 'null') || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 LEFT OUTER JOIN package AS package_3 ON package_2.replaced_by_id = package_3.id LEFT OUTER JOIN package AS package_4 ON package_3.replaced_by_id = package_4.id ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0;
