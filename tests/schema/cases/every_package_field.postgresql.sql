-- statements: 1
SELECT (SELECT '{"id":"Package:' || package_1.id || '","databaseId":' || CAST(package_1.database_id AS TEXT) || ',"revision":' || CAST(package_1.revision AS TEXT) || ',"title":' || to_json(package_1.title)::text || ',"slug":' || to_json(package_1.slug)::text || ',"category":{"slug":' || to_json(category_1.slug)::text || '},"grids":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"slug":' || to_json(grid_1.slug)::text || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_1) || ',"repoUrl":' || coalesce(to_json(package_1.repo_url)::text, 'null') || ',"repoHost":' || to_json(package_1.repo_host)::text || ',"repoDescription":' || to_json(package_1.repo_description)::text || ',"repoWatchers":' || coalesce(CAST(package_1.repo_watchers AS TEXT), 'null') || ',"repoForks":' || coalesce(CAST(package_1.repo_forks AS TEXT), 'null') || ',"commitCount":' || coalesce(CAST(package_1.commit_count AS TEXT), 'null') || ',"contributorCount":' || coalesce(CAST(package_1.contributor_count AS TEXT), 'null') || ',"pypiUrl":' || coalesce(to_json(package_1.pypi_url)::text, 'null') || ',"pypiName":' || coalesce(to_json(package_1.pypi_name)::text, 'null') || ',"pypiVersion":' || coalesce(to_json(package_1.pypi_version)::text, 'null') || ',"documentationUrl":' || coalesce(to_json(package_1.documentation_url)::text, 'null') || ',"commitsOver52Ends":' || coalesce('"' || to_char(package_1.commits_over_52_ends AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"lastUpdated":' || coalesce('"' || to_char(package_1.last_updated AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"lastFetched":' || coalesce('"' || to_char((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_1.id) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"created":"' || to_char(package_1.created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","modified":"' || to_char(package_1.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","licenses":' || CAST(package_1.licenses AS TEXT) || ',"requiresPython":' || coalesce(to_json(package_1.requires_python)::text, 'null') || ',"supportsPython3":' || CASE WHEN package_1.supports_python3 THEN 'true' WHEN NOT package_1.supports_python3 THEN 'false' ELSE 'null' END || ',"developmentStatus":' || coalesce(to_json(package_1.development_status)::text, 'null') || ',"isArchived":' || CASE WHEN package_1.is_archived THEN 'true' WHEN NOT package_1.is_archived THEN 'false' ELSE 'null' END || ',"deprecatedAt":' || coalesce('"' || to_char(package_1.deprecated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"replacedBy":' || coalesce(substr(CAST(package_3.id AS TEXT), 1, 0) || '{"slug":' || to_json(package_3.slug)::text || '}', 'null') || ',"score":' || CAST(package_1.score AS TEXT) || ',"ingest":{"state":' || coalesce(to_json(coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_1.id), 'NEVER'))::text, 'null') || ',"lastFetched":' || coalesce('"' || to_char((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_1.id) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"nextDue":' || coalesce('"' || to_char((SELECT ingest.next_due 
FROM ingest 
WHERE ingest.package_id = package_1.id) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"failureCount":' || coalesce(CAST(coalesce((SELECT ingest.failure_count 
FROM ingest 
WHERE ingest.package_id = package_1.id), 0) AS TEXT), 'null') || ',"lastError":' || coalesce(to_json((SELECT ingest.last_error 
FROM ingest 
WHERE ingest.package_id = package_1.id))::text, 'null') || ',"lastErrorAt":' || coalesce('"' || to_char((SELECT ingest.last_error_at 
FROM ingest 
WHERE ingest.package_id = package_1.id) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"sources":' || (SELECT '[' || coalesce(string_agg(anon_2.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"source":' || to_json(ingest_source_1.source)::text || ',"state":' || to_json(ingest_source_1.state)::text || ',"lastFetched":' || coalesce('"' || to_char(ingest_source_1.last_fetched AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"failureCount":' || CAST(ingest_source_1.failure_count AS TEXT) || ',"lastError":' || coalesce(to_json(ingest_source_1.last_error)::text, 'null') || '}' AS json_5 
FROM ingest_source AS ingest_source_1 
WHERE package_1.id = ingest_source_1.package_id ORDER BY ingest_source_1.source) AS anon_2) || '}}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id LEFT OUTER JOIN package AS package_3 ON package_1.replaced_by_id = package_3.id 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0;
