SELECT '{"databaseId":' || p.database_id || ',"title":' || json_quote(p.title)
    || ',"slug":' || json_quote(p.slug)
    || ',"category":{"databaseId":' || c.database_id || ',"title":' || json_quote(c.title)
    || '},"grids":[' || coalesce((
        SELECT group_concat(grid, ',') FROM (
            SELECT '{"databaseId":' || g.database_id || ',"title":' || json_quote(g.title) || '}' AS grid
            FROM grid_package m JOIN grid g ON g.id = m.grid_id
            WHERE m.package_id = p.id
            ORDER BY g.title_folded, g.id)), '')
    || '],"repoUrl":' || json_quote(p.repo_url)
    || ',"repoDescription":' || json_quote(p.repo_description)
    || ',"repoWatchers":' || json_quote(p.repo_watchers)
    || ',"repoForks":' || json_quote(p.repo_forks)
    || ',"pypiUrl":' || json_quote(p.pypi_url) || ',"pypiVersion":' || json_quote(p.pypi_version)
    || ',"documentationUrl":' || json_quote(p.documentation_url)
    || ',"commitsOver52":' || p.commits_over_52 || ',"participants":' || p.participants
    || ',"lastUpdated":' || json_quote(p.last_updated)
    || ',"lastFetched":' || json_quote(i.last_fetched)
    || ',"created":"' || p.created || '","modified":"' || p.modified || '"}'
FROM package p
JOIN category c ON c.id = p.category_id
LEFT JOIN ingest i ON i.package_id = p.id
WHERE p.slug_folded = ?1
