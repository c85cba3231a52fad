SELECT '{"nodes":[' || string_agg(node, ',') || ']}' FROM (
    SELECT '{"databaseId":' || p.database_id || ',"title":' || to_json(p.title)::text
        || ',"slug":' || to_json(p.slug)::text
        || ',"repoUrl":' || coalesce(to_json(p.repo_url)::text, 'null')
        || ',"repoDescription":' || to_json(p.repo_description)::text
        || ',"repoWatchers":' || coalesce(p.repo_watchers::text, 'null')
        || ',"repoForks":' || coalesce(p.repo_forks::text, 'null')
        || ',"pypiUrl":' || coalesce(to_json(p.pypi_url)::text, 'null')
        || ',"pypiVersion":' || coalesce(to_json(p.pypi_version)::text, 'null')
        || ',"documentationUrl":' || coalesce(to_json(p.documentation_url)::text, 'null')
        || ',"lastUpdated":' || coalesce(to_char(p.last_updated AT TIME ZONE 'UTC',
            '"\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\""'), 'null')
        || ',"score":' || p.score
        || ',"category":{"title":' || to_json(c.title)::text || ',"slug":' || to_json(c.slug)::text
        || '},"grids":[' || coalesce((
            SELECT string_agg('{"title":' || to_json(g.title)::text || ',"slug":' || to_json(g.slug)::text || '}',
                ',' ORDER BY g.title_folded, g.id)
            FROM grid_package m JOIN grid g ON g.id = m.grid_id
            WHERE m.package_id = p.id), '')
        || ']}' AS node
    FROM (
        SELECT * FROM package ORDER BY coalesce(repo_watchers, -1) DESC, id LIMIT 100) p
    JOIN category c ON c.id = p.category_id
    ORDER BY coalesce(p.repo_watchers, -1) DESC, p.id) rows
