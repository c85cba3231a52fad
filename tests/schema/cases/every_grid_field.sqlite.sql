-- statements: 1
SELECT (SELECT '{"id":"Grid:' || grid_1.id || '","databaseId":' || CAST(grid_1.database_id AS TEXT) || ',"revision":' || CAST(grid_1.revision AS TEXT) || ',"title":' || json_quote(grid_1.title) || ',"slug":' || json_quote(grid_1.slug) || ',"description":' || json_quote(grid_1.description) || ',"isLocked":' || CASE WHEN grid_1.is_locked THEN 'true' WHEN grid_1.is_locked = 0 THEN 'false' ELSE 'null' END || ',"header":' || CASE WHEN grid_1.header THEN 'true' WHEN grid_1.header = 0 THEN 'false' ELSE 'null' END || ',"created":"' || grid_1.created || '","modified":"' || grid_1.modified || '","features":' || (SELECT '[' || coalesce(group_concat(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"id":"Feature:' || feature_1.id || '","revision":' || CAST(feature_1.revision AS TEXT) || ',"title":' || json_quote(feature_1.title) || ',"description":' || json_quote(feature_1.description) || ',"position":' || CAST(feature_1.position AS TEXT) || ',"grid":{"slug":' || json_quote(grid_3.slug) || '}}' AS json_3 
FROM feature AS feature_1 LEFT OUTER JOIN grid AS grid_3 ON feature_1.grid_id = grid_3.id 
WHERE grid_1.id = feature_1.grid_id ORDER BY feature_1.position, feature_1.id) AS anon_1) || ',"packages":' || (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id) AS TEXT), 'null') || '}' AS json_4) || '}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.database_id = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'GRID' AND alias_1.kind = 'DATABASE_ID' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
