-- statements: 1
SELECT (SELECT '{"category":{"id":"Category:' || category_1.id || '","title":' || to_json(category_1.title)::text || '},"grids":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"id":"Grid:' || grid_1.id || '","databaseId":' || CAST(grid_1.database_id AS TEXT) || ',"slug":' || to_json(grid_1.slug)::text || ',"title":' || to_json(grid_1.title)::text || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_1) || ',"databaseId":' || CAST(package_1.database_id AS TEXT) || ',"title":' || to_json(package_1.title)::text || ',"slug":' || to_json(package_1.slug)::text || ',"lastUpdated":' || coalesce('"' || to_char(package_1.last_updated AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"lastFetched":' || coalesce('"' || to_char((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_1.id) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"repoUrl":' || coalesce(to_json(package_1.repo_url)::text, 'null') || ',"pypiVersion":' || coalesce(to_json(package_1.pypi_version)::text, 'null') || ',"created":"' || to_char(package_1.created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","modified":"' || to_char(package_1.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","repoForks":' || coalesce(CAST(package_1.repo_forks AS TEXT), 'null') || ',"repoDescription":' || to_json(package_1.repo_description)::text || ',"pypiUrl":' || coalesce(to_json(package_1.pypi_url)::text, 'null') || ',"documentationUrl":' || coalesce(to_json(package_1.documentation_url)::text, 'null') || ',"repoWatchers":' || coalesce(CAST(package_1.repo_watchers AS TEXT), 'null') || ',"commitsOver52":' || CAST(package_1.commits_over_52 AS TEXT) || ',"participants":' || CAST(package_1.participants AS TEXT) || '}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.database_id = $1::BIGINT), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'DATABASE_ID' AND alias_1.name = CAST($1::BIGINT AS TEXT)))) AS root_0;
