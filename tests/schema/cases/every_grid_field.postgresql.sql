-- statements: 1
SELECT (SELECT '{"id":"Grid:' || grid_1.id || '","databaseId":' || CAST(grid_1.database_id AS TEXT) || ',"revision":' || CAST(grid_1.revision AS TEXT) || ',"title":' || to_json(grid_1.title)::text || ',"slug":' || to_json(grid_1.slug)::text || ',"description":' || to_json(grid_1.description)::text || ',"isLocked":' || CASE WHEN grid_1.is_locked THEN 'true' WHEN NOT grid_1.is_locked THEN 'false' ELSE 'null' END || ',"header":' || CASE WHEN grid_1.header THEN 'true' WHEN NOT grid_1.header THEN 'false' ELSE 'null' END || ',"created":"' || to_char(grid_1.created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","modified":"' || to_char(grid_1.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","features":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"id":"Feature:' || feature_1.id || '","revision":' || CAST(feature_1.revision AS TEXT) || ',"title":' || to_json(feature_1.title)::text || ',"description":' || to_json(feature_1.description)::text || ',"position":' || CAST(feature_1.position AS TEXT) || ',"grid":{"slug":' || to_json(grid_3.slug)::text || '}}' AS json_3 
FROM feature AS feature_1 LEFT OUTER JOIN grid AS grid_3 ON feature_1.grid_id = grid_3.id 
WHERE grid_1.id = feature_1.grid_id ORDER BY feature_1.position, feature_1.id) AS anon_1) || ',"packages":' || (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id) AS TEXT), 'null') || '}' AS json_4) || '}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.database_id = $1::BIGINT), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'GRID' AND alias_1.kind = 'DATABASE_ID' AND alias_1.name = CAST($1::BIGINT AS TEXT)))) AS root_0;
