-- statements: 1
SELECT (SELECT '{"id":"Package:' || package_1.id || '"}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0, (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_2 
FROM category AS category_1 
WHERE category_1.id = coalesce((SELECT category_2.id 
FROM category AS category_2 
WHERE category_2.database_id = $2::BIGINT), (SELECT alias_2.node_id 
FROM alias AS alias_2 
WHERE alias_2.node_type = 'CATEGORY' AND alias_2.kind = 'DATABASE_ID' AND alias_2.name = CAST($2::BIGINT AS TEXT)))) AS root_1, (SELECT '{"id":"Grid:' || grid_1.id || '","title":' || to_json(grid_1.title)::text || '}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = $3::BIGINT) AS root_2, coalesce((SELECT '{"id":"Package:' || package_3.id || '"}' AS json_4 
FROM package AS package_3 
WHERE package_3.id = $4::BIGINT), (SELECT '{"id":"Category:' || category_3.id || '"}' AS json_5 
FROM category AS category_3 
WHERE category_3.id = $5::BIGINT), (SELECT '{"id":"Grid:' || grid_2.id || '"}' AS json_6 
FROM grid AS grid_2 
WHERE grid_2.id = $6::BIGINT), (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_7 
FROM feature AS feature_1 
WHERE feature_1.id = $7::BIGINT), (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_8 
FROM version AS version_1 
WHERE version_1.id = $8::BIGINT), (SELECT '{"id":"Change:' || change_1.id || '"}' AS json_9 
FROM change AS change_1 
WHERE change_1.id = $9::BIGINT), 'null') AS root_3;
