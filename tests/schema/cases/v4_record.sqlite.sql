-- statements: 1
SELECT (SELECT '{"category":{"id":"Category:' || category_1.id || '","title":' || json_quote(category_1.title) || '},"grids":' || (SELECT '[' || coalesce(group_concat(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"id":"Grid:' || grid_1.id || '","databaseId":' || CAST(grid_1.database_id AS TEXT) || ',"slug":' || json_quote(grid_1.slug) || ',"title":' || json_quote(grid_1.title) || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_1) || ',"databaseId":' || CAST(package_1.database_id AS TEXT) || ',"title":' || json_quote(package_1.title) || ',"slug":' || json_quote(package_1.slug) || ',"lastUpdated":' || coalesce('"' || package_1.last_updated || '"', 'null') || ',"lastFetched":' || coalesce('"' || (SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_1.id) || '"', 'null') || ',"repoUrl":' || json_quote(package_1.repo_url) || ',"pypiVersion":' || json_quote(package_1.pypi_version) || ',"created":"' || package_1.created || '","modified":"' || package_1.modified || '","repoForks":' || coalesce(CAST(package_1.repo_forks AS TEXT), 'null') || ',"repoDescription":' || json_quote(package_1.repo_description) || ',"pypiUrl":' || json_quote(package_1.pypi_url) || ',"documentationUrl":' || json_quote(package_1.documentation_url) || ',"repoWatchers":' || coalesce(CAST(package_1.repo_watchers AS TEXT), 'null') || ',"commitsOver52":' || CAST(package_1.commits_over_52 AS TEXT) || ',"participants":' || CAST(package_1.participants AS TEXT) || '}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.database_id = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'DATABASE_ID' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
