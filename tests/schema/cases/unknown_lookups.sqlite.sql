-- statements: 1
SELECT (SELECT '{"id":"Package:' || package_1.id || '"}' AS json_1 
FROM package AS package_1 
WHERE package_1.slug_folded = ?) AS root_0, (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_2 
FROM category AS category_1 
WHERE category_1.database_id = ?) AS root_1, (SELECT '{"id":"Grid:' || grid_1.id || '","title":' || json_quote(grid_1.title) || '}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = ?) AS root_2, coalesce((SELECT '{"id":"Package:' || package_2.id || '"}' AS json_4 
FROM package AS package_2 
WHERE package_2.id = ?), (SELECT '{"id":"Category:' || category_2.id || '"}' AS json_5 
FROM category AS category_2 
WHERE category_2.id = ?), (SELECT '{"id":"Grid:' || grid_2.id || '"}' AS json_6 
FROM grid AS grid_2 
WHERE grid_2.id = ?), (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_7 
FROM feature AS feature_1 
WHERE feature_1.id = ?), (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_8 
FROM version AS version_1 
WHERE version_1.id = ?), 'null') AS root_3;
