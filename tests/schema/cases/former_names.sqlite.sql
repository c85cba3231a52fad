-- statements: 1
SELECT (SELECT '{"slug":' || json_quote(package_1.slug) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0, (SELECT '{"slug":' || json_quote(package_3.slug) || '}' AS json_2 
FROM package AS package_3 
WHERE package_3.id = coalesce((SELECT package_4.id 
FROM package AS package_4 
WHERE package_4.repo_key = ?), (SELECT alias_2.node_id 
FROM alias AS alias_2 
WHERE alias_2.node_type = 'PACKAGE' AND alias_2.kind = 'REPO_URL' AND alias_2.name = CAST(? AS TEXT)))) AS root_1, (SELECT '{"slug":' || json_quote(package_5.slug) || ',"cells":' || (SELECT '[' || coalesce(group_concat(anon_1.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"feature":{"title":' || json_quote(feature_1.title) || '},"text":' || json_quote(CASE WHEN (cell_1.text IS NOT NULL) THEN cell_1.text ELSE '' END) || '}' AS json_5 
FROM feature AS feature_1 LEFT OUTER JOIN cell AS cell_1 ON cell_1.feature_id = feature_1.id AND cell_1.package_id = package_5.id 
WHERE feature_1.grid_id = (SELECT grid_package_1.grid_id 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_1.id = grid_package_1.grid_id 
WHERE grid_package_1.package_id = package_5.id AND grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.slug_folded = ?), (SELECT alias_4.node_id 
FROM alias AS alias_4 
WHERE alias_4.node_type = 'GRID' AND alias_4.kind = 'SLUG' AND alias_4.name = CAST(? AS TEXT)))) ORDER BY feature_1.position, feature_1.id) AS anon_1) || '}' AS json_3 
FROM package AS package_5 
WHERE package_5.id = coalesce((SELECT package_6.id 
FROM package AS package_6 
WHERE package_6.database_id = ?), (SELECT alias_3.node_id 
FROM alias AS alias_3 
WHERE alias_3.node_type = 'PACKAGE' AND alias_3.kind = 'DATABASE_ID' AND alias_3.name = CAST(? AS TEXT)))) AS root_2, (SELECT '{"slug":' || json_quote(package_7.slug) || '}' AS json_6 
FROM package AS package_7 
WHERE package_7.id = coalesce((SELECT package_8.id 
FROM package AS package_8 
WHERE package_8.slug_folded = ?), (SELECT alias_5.node_id 
FROM alias AS alias_5 
WHERE alias_5.node_type = 'PACKAGE' AND alias_5.kind = 'SLUG' AND alias_5.name = CAST(? AS TEXT)))) AS root_3, (SELECT '{"slug":' || json_quote(package_9.slug) || '}' AS json_7 
FROM package AS package_9 
WHERE package_9.id = coalesce((SELECT package_10.id 
FROM package AS package_10 
WHERE package_10.slug_folded = ?), (SELECT alias_6.node_id 
FROM alias AS alias_6 
WHERE alias_6.node_type = 'PACKAGE' AND alias_6.kind = 'SLUG' AND alias_6.name = CAST(? AS TEXT)))) AS root_4, (SELECT '{"slug":' || json_quote(category_1.slug) || '}' AS json_8 
FROM category AS category_1 
WHERE category_1.id = coalesce((SELECT category_2.id 
FROM category AS category_2 
WHERE category_2.slug_folded = ?), (SELECT alias_7.node_id 
FROM alias AS alias_7 
WHERE alias_7.node_type = 'CATEGORY' AND alias_7.kind = 'SLUG' AND alias_7.name = CAST(? AS TEXT)))) AS root_5, (SELECT '{"slug":' || json_quote(category_3.slug) || '}' AS json_9 
FROM category AS category_3 
WHERE category_3.id = coalesce((SELECT category_4.id 
FROM category AS category_4 
WHERE category_4.slug_folded = ?), (SELECT alias_8.node_id 
FROM alias AS alias_8 
WHERE alias_8.node_type = 'CATEGORY' AND alias_8.kind = 'SLUG' AND alias_8.name = CAST(? AS TEXT)))) AS root_6, (SELECT '{"slug":' || json_quote(grid_3.slug) || '}' AS json_10 
FROM grid AS grid_3 
WHERE grid_3.id = coalesce((SELECT grid_4.id 
FROM grid AS grid_4 
WHERE grid_4.slug_folded = ?), (SELECT alias_9.node_id 
FROM alias AS alias_9 
WHERE alias_9.node_type = 'GRID' AND alias_9.kind = 'SLUG' AND alias_9.name = CAST(? AS TEXT)))) AS root_7;
