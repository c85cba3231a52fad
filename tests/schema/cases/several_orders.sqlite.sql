-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.grid_count AS key_0, coalesce(package_1.repo_forks, 2147483648) AS key_1, package_1.slug_folded AS key_2, package_1.id AS key_3 
FROM package AS package_1 ORDER BY package_1.grid_count DESC, coalesce(package_1.repo_forks, 2147483648) ASC, package_1.slug_folded DESC, package_1.id ASC
 LIMIT 6 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"repoForks":' || coalesce(CAST(package_2.repo_forks AS TEXT), 'null') || ',"grids":' || (SELECT '[' || coalesce(group_concat(anon_2.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"slug":' || json_quote(grid_1.slug) || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_2.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_3) AS anon_1) AS root_0;
