-- statements: 1
SELECT (SELECT '{"id":"Package:' || package_1.id || '","databaseId":' || CAST(package_1.database_id AS TEXT) || ',"revision":' || CAST(package_1.revision AS TEXT) || ',"title":' || json_quote(package_1.title) || ',"slug":' || json_quote(package_1.slug) || ',"category":{"slug":' || json_quote(category_1.slug) || '},"grids":' || (SELECT '[' || coalesce(group_concat(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"slug":' || json_quote(grid_1.slug) || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_1) || ',"repoUrl":' || json_quote(package_1.repo_url) || ',"repoHost":' || json_quote(package_1.repo_host) || ',"repoDescription":' || json_quote(package_1.repo_description) || ',"repoWatchers":' || coalesce(CAST(package_1.repo_watchers AS TEXT), 'null') || ',"repoForks":' || coalesce(CAST(package_1.repo_forks AS TEXT), 'null') || ',"commitCount":' || coalesce(CAST(package_1.commit_count AS TEXT), 'null') || ',"contributorCount":' || coalesce(CAST(package_1.contributor_count AS TEXT), 'null') || ',"pypiUrl":' || json_quote(package_1.pypi_url) || ',"pypiName":' || json_quote(package_1.pypi_name) || ',"pypiVersion":' || json_quote(package_1.pypi_version) || ',"documentationUrl":' || json_quote(package_1.documentation_url) || ',"commitsOver52Ends":' || coalesce('"' || package_1.commits_over_52_ends || '"', 'null') || ',"lastUpdated":' || coalesce('"' || package_1.last_updated || '"', 'null') || ',"lastFetched":' || coalesce('"' || (SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_1.id) || '"', 'null') || ',"created":"' || package_1.created || '","modified":"' || package_1.modified || '","licenses":' || CAST(package_1.licenses AS TEXT) || ',"requiresPython":' || json_quote(package_1.requires_python) || ',"supportsPython3":' || CASE WHEN package_1.supports_python3 THEN 'true' WHEN package_1.supports_python3 = 0 THEN 'false' ELSE 'null' END || ',"developmentStatus":' || json_quote(package_1.development_status) || ',"isArchived":' || CASE WHEN package_1.is_archived THEN 'true' WHEN package_1.is_archived = 0 THEN 'false' ELSE 'null' END || ',"deprecatedAt":' || coalesce('"' || package_1.deprecated_at || '"', 'null') || ',"replacedBy":' || coalesce(substr(CAST(package_3.id AS TEXT), 1, 0) || '{"slug":' || json_quote(package_3.slug) || '}', 'null') || ',"score":' || CAST(package_1.score AS TEXT) || ',"ingest":{"state":' || json_quote(coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_1.id), 'NEVER')) || ',"lastFetched":' || coalesce('"' || (SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_1.id) || '"', 'null') || ',"nextDue":' || coalesce('"' || (SELECT ingest.next_due 
FROM ingest 
WHERE ingest.package_id = package_1.id) || '"', 'null') || ',"failureCount":' || coalesce(CAST(coalesce((SELECT ingest.failure_count 
FROM ingest 
WHERE ingest.package_id = package_1.id), 0) AS TEXT), 'null') || ',"lastError":' || json_quote((SELECT ingest.last_error 
FROM ingest 
WHERE ingest.package_id = package_1.id)) || ',"lastErrorAt":' || coalesce('"' || (SELECT ingest.last_error_at 
FROM ingest 
WHERE ingest.package_id = package_1.id) || '"', 'null') || ',"sources":' || (SELECT '[' || coalesce(group_concat(anon_2.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"source":' || json_quote(ingest_source_1.source) || ',"state":' || json_quote(ingest_source_1.state) || ',"lastFetched":' || coalesce('"' || ingest_source_1.last_fetched || '"', 'null') || ',"failureCount":' || CAST(ingest_source_1.failure_count AS TEXT) || ',"lastError":' || json_quote(ingest_source_1.last_error) || '}' AS json_5 
FROM ingest_source AS ingest_source_1 
WHERE package_1.id = ingest_source_1.package_id ORDER BY ingest_source_1.source) AS anon_2) || '}}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id LEFT OUTER JOIN package AS package_3 ON package_1.replaced_by_id = package_3.id 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
