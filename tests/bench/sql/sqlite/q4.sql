SELECT '{"title":' || json_quote(g.title) || ',"slug":' || json_quote(g.slug)
    || ',"description":' || json_quote(g.description)
    || ',"features":[' || coalesce((
        SELECT group_concat(feature, ',') FROM (
            SELECT '{"title":' || json_quote(f.title)
                || ',"description":' || json_quote(f.description) || '}' AS feature
            FROM feature f WHERE f.grid_id = g.id
            ORDER BY f.position, f.id)), '')
    || '],"packages":{"edges":[' || coalesce((
        SELECT group_concat(edge, ',') FROM (
            SELECT '{"node":{"title":' || json_quote(p.title) || ',"slug":' || json_quote(p.slug)
                || ',"repoUrl":' || json_quote(p.repo_url)
                || ',"repoWatchers":' || json_quote(p.repo_watchers)
                || ',"repoForks":' || json_quote(p.repo_forks)
                || ',"pypiVersion":' || json_quote(p.pypi_version)
                || ',"lastUpdated":' || json_quote(p.last_updated)
                || ',"licenses":' || p.licenses
                || ',"developmentStatus":' || json_quote(p.development_status)
                || ',"score":' || p.score
                || '},"cells":[' || coalesce((
                    SELECT group_concat(cell, ',') FROM (
                        SELECT CASE WHEN c.text IS NULL
                            THEN '{"text":"","verdict":"UNKNOWN","strength":0}'
                            ELSE '{"text":' || json_quote(c.text) || ',"verdict":"' || c.verdict
                                || '","strength":' || c.strength || '}'
                            END AS cell
                        FROM feature f
                        LEFT JOIN cell c ON c.package_id = p.id AND c.feature_id = f.id
                        WHERE f.grid_id = g.id
                        ORDER BY f.position, f.id)), '')
                || ']}' AS edge
            FROM grid_package m JOIN package p ON p.id = m.package_id
            WHERE m.grid_id = g.id
            ORDER BY p.title_folded, p.id
            LIMIT 100)), '')
    || ']}}'
FROM grid g
WHERE g.slug_folded = ?1
