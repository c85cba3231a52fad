-- statements: 1
SELECT (SELECT '{"category":{"slug":' || json_quote(category_1.slug) || ',"title":' || json_quote(category_1.title) || ',"id":"Category:' || category_1.id || '","titlePlural":' || json_quote(category_1.title_plural) || '},"title":' || json_quote(package_1.title) || ',"slug":' || json_quote(package_1.slug) || ',"grids":' || (SELECT '[' || coalesce(group_concat(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"slug":' || json_quote(grid_1.slug) || ',"title":' || json_quote(grid_1.title) || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_1) || '}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
