SELECT '{"nodes":[' || string_agg(node, ',') || ']}' FROM (
    SELECT '{"title":' || to_json(g.title)::text || ',"slug":' || to_json(g.slug)::text
        || ',"packages":{"nodes":[' || coalesce((
            SELECT string_agg(package, ',') FROM (
                SELECT '{"title":' || to_json(p.title)::text || ',"slug":' || to_json(p.slug)::text
                    || ',"repoWatchers":' || coalesce(p.repo_watchers::text, 'null')
                    || ',"category":{"title":' || to_json(c.title)::text || ',"slug":' || to_json(c.slug)::text
                    || '},"grids":[' || (
                        SELECT string_agg('{"title":' || to_json(o.title)::text
                            || ',"slug":' || to_json(o.slug)::text || '}',
                            ',' ORDER BY o.title_folded, o.id)
                        FROM grid_package n JOIN grid o ON o.id = n.grid_id
                        WHERE n.package_id = p.id)
                    || ']}' AS package
                FROM grid_package m JOIN package p ON p.id = m.package_id
                JOIN category c ON c.id = p.category_id
                WHERE m.grid_id = g.id
                ORDER BY p.title_folded, p.id
                LIMIT 100) packages), '')
        || ']}}' AS node
    FROM grid g
    ORDER BY g.title_folded, g.id
    LIMIT 20) grids
