-- statements: 1
SELECT coalesce((SELECT '{}' AS anon_1 
FROM package AS package_1 
WHERE package_1.id = ?), (SELECT '{}' AS anon_2 
FROM category AS category_1 
WHERE category_1.id = ?), (SELECT '{"title":' || json_quote(grid_1.title) || '}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.id = ?), (SELECT '{}' AS anon_3 
FROM feature AS feature_1 
WHERE feature_1.id = ?), (SELECT '{}' AS anon_4 
FROM version AS version_1 
WHERE version_1.id = ?), (SELECT '{}' AS anon_5 
FROM change AS change_1 
WHERE change_1.id = ?), 'null') AS root_0;
