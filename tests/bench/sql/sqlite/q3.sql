SELECT '{"nodes":[' || group_concat(node, ',') || ']}' FROM (
    SELECT '{"databaseId":' || p.database_id || ',"title":' || json_quote(p.title)
        || ',"slug":' || json_quote(p.slug) || ',"repoUrl":' || json_quote(p.repo_url)
        || ',"repoDescription":' || json_quote(p.repo_description)
        || ',"repoWatchers":' || json_quote(p.repo_watchers)
        || ',"repoForks":' || json_quote(p.repo_forks) || ',"pypiUrl":' || json_quote(p.pypi_url)
        || ',"pypiVersion":' || json_quote(p.pypi_version)
        || ',"documentationUrl":' || json_quote(p.documentation_url)
        || ',"lastUpdated":' || json_quote(p.last_updated) || ',"score":' || p.score
        || ',"category":' || (
            SELECT '{"title":' || json_quote(c.title) || ',"slug":' || json_quote(c.slug)
            FROM category c WHERE c.id = p.category_id)
        || '},"grids":[' || coalesce((
            SELECT group_concat(grid, ',') FROM (
                SELECT '{"title":' || json_quote(g.title) || ',"slug":' || json_quote(g.slug) || '}' AS grid
                FROM grid_package m JOIN grid g ON g.id = m.grid_id
                WHERE m.package_id = p.id
                ORDER BY g.title_folded, g.id)), '')
        || ']}' AS node
    FROM package p
    ORDER BY coalesce(p.repo_watchers, -1) DESC, p.id
    LIMIT 100)
