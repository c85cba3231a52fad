SELECT '{"nodes":[' || group_concat(node, ',') || ']}' FROM (
    SELECT '{"title":' || json_quote(g.title) || ',"slug":' || json_quote(g.slug)
        || ',"packages":{"nodes":[' || coalesce((
            SELECT group_concat(package, ',') FROM (
                SELECT '{"title":' || json_quote(p.title) || ',"slug":' || json_quote(p.slug)
                    || ',"repoWatchers":' || json_quote(p.repo_watchers)
                    || ',"category":' || (
                        SELECT '{"title":' || json_quote(c.title) || ',"slug":' || json_quote(c.slug)
                        FROM category c WHERE c.id = p.category_id)
                    || '},"grids":[' || (
                        SELECT group_concat(grid, ',') FROM (
                            SELECT '{"title":' || json_quote(o.title)
                                || ',"slug":' || json_quote(o.slug) || '}' AS grid
                            FROM grid_package n JOIN grid o ON o.id = n.grid_id
                            WHERE n.package_id = p.id
                            ORDER BY o.title_folded, o.id))
                    || ']}' AS package
                FROM grid_package m JOIN package p ON p.id = m.package_id
                WHERE m.grid_id = g.id
                ORDER BY p.title_folded, p.id
                LIMIT 100)), '')
        || ']}}' AS node
    FROM grid g
    ORDER BY g.title_folded, g.id
    LIMIT 20)
