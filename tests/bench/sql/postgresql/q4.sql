SELECT '{"title":' || to_json(g.title)::text || ',"slug":' || to_json(g.slug)::text
    || ',"description":' || to_json(g.description)::text
    || ',"features":[' || coalesce((
        SELECT string_agg('{"title":' || to_json(f.title)::text
            || ',"description":' || to_json(f.description)::text || '}', ',' ORDER BY f.position, f.id)
        FROM feature f WHERE f.grid_id = g.id), '')
    || '],"packages":{"edges":[' || coalesce((
        SELECT string_agg(edge, ',') FROM (
            SELECT '{"node":{"title":' || to_json(p.title)::text || ',"slug":' || to_json(p.slug)::text
                || ',"repoUrl":' || coalesce(to_json(p.repo_url)::text, 'null')
                || ',"repoWatchers":' || coalesce(p.repo_watchers::text, 'null')
                || ',"repoForks":' || coalesce(p.repo_forks::text, 'null')
                || ',"pypiVersion":' || coalesce(to_json(p.pypi_version)::text, 'null')
                || ',"lastUpdated":' || coalesce(to_char(p.last_updated AT TIME ZONE 'UTC',
                    '"\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\""'), 'null')
                || ',"licenses":' || p.licenses::text
                || ',"developmentStatus":' || coalesce('"' || p.development_status || '"', 'null')
                || ',"score":' || p.score
                || '},"cells":[' || coalesce((
                    SELECT string_agg(CASE WHEN c.text IS NULL
                        THEN '{"text":"","verdict":"UNKNOWN","strength":0}'
                        ELSE '{"text":' || to_json(c.text)::text || ',"verdict":"' || c.verdict
                            || '","strength":' || c.strength || '}'
                        END, ',' ORDER BY f.position, f.id)
                    FROM feature f
                    LEFT JOIN cell c ON c.package_id = p.id AND c.feature_id = f.id
                    WHERE f.grid_id = g.id), '')
                || ']}' AS edge
            FROM grid_package m JOIN package p ON p.id = m.package_id
            WHERE m.grid_id = g.id
            ORDER BY p.title_folded, p.id
            LIMIT 100) edges), '')
    || ']}}'
FROM grid g
WHERE g.slug_folded = $1
