-- statements: 1
SELECT (SELECT '{"category":{"slug":' || to_json(category_1.slug)::text || ',"title":' || to_json(category_1.title)::text || ',"id":"Category:' || category_1.id || '","titlePlural":' || to_json(category_1.title_plural)::text || '},"title":' || to_json(package_1.title)::text || ',"slug":' || to_json(package_1.slug)::text || ',"grids":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"slug":' || to_json(grid_1.slug)::text || ',"title":' || to_json(grid_1.title)::text || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_1) || '}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0;
