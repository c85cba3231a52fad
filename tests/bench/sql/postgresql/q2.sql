SELECT '{"databaseId":' || p.database_id || ',"title":' || to_json(p.title)::text
    || ',"slug":' || to_json(p.slug)::text
    || ',"category":{"databaseId":' || c.database_id || ',"title":' || to_json(c.title)::text
    || '},"grids":[' || coalesce((
        SELECT string_agg('{"databaseId":' || g.database_id || ',"title":' || to_json(g.title)::text || '}',
            ',' ORDER BY g.title_folded, g.id)
        FROM grid_package m JOIN grid g ON g.id = m.grid_id
        WHERE m.package_id = p.id), '')
    || '],"repoUrl":' || coalesce(to_json(p.repo_url)::text, 'null')
    || ',"repoDescription":' || to_json(p.repo_description)::text
    || ',"repoWatchers":' || coalesce(p.repo_watchers::text, 'null')
    || ',"repoForks":' || coalesce(p.repo_forks::text, 'null')
    || ',"pypiUrl":' || coalesce(to_json(p.pypi_url)::text, 'null')
    || ',"pypiVersion":' || coalesce(to_json(p.pypi_version)::text, 'null')
    || ',"documentationUrl":' || coalesce(to_json(p.documentation_url)::text, 'null')
    || ',"commitsOver52":' || p.commits_over_52::text || ',"participants":' || p.participants::text
    || ',"lastUpdated":' || coalesce(to_char(p.last_updated AT TIME ZONE 'UTC',
        '"\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\""'), 'null')
    || ',"lastFetched":' || coalesce(to_char(i.last_fetched AT TIME ZONE 'UTC',
        '"\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\""'), 'null')
    || ',"created":"'
    || to_char(p.created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    || '","modified":"'
    || to_char(p.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"}'
FROM package p
JOIN category c ON c.id = p.category_id
LEFT JOIN ingest i ON i.package_id = p.id
WHERE p.slug_folded = $1
