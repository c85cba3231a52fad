WITH found AS MATERIALIZED (
    SELECT id, score, category_id, licenses, development_status, repo_host
    FROM package
    WHERE category_id = (SELECT id FROM category WHERE slug = $1)
        AND repo_watchers >= $2 AND title_folded LIKE $3)
SELECT '{"totalCount":' || (SELECT count(*) FROM found)
    || ',"facets":{"categories":[' || coalesce((
        SELECT string_agg('{"count":' || n.count || ',"category":{"title":' || to_json(c.title)::text
            || ',"slug":' || to_json(c.slug)::text || '}}', ','
            ORDER BY n.count DESC, c.title_folded, c.id)
        FROM (SELECT category_id, count(*) AS count FROM found GROUP BY category_id) n
        JOIN category c ON c.id = n.category_id), '')
    || '],"licenses":[' || coalesce((
        SELECT string_agg('{"count":' || count || ',"value":' || to_json(value)::text || '}', ','
            ORDER BY count DESC, value COLLATE "C")
        FROM (
            SELECT value, count(*) AS count
            FROM found, json_array_elements_text(licenses) value GROUP BY value) n), '')
    || '],"developmentStatuses":[' || coalesce((
        SELECT string_agg('{"count":' || count || ',"value":"' || development_status || '"}', ','
            ORDER BY count DESC, development_status COLLATE "C")
        FROM (
            SELECT development_status, count(*) AS count FROM found
            WHERE development_status IS NOT NULL GROUP BY development_status) n), '')
    || '],"repoHosts":[' || coalesce((
        SELECT string_agg('{"count":' || count || ',"value":"' || repo_host || '"}', ','
            ORDER BY count DESC, repo_host COLLATE "C")
        FROM (SELECT repo_host, count(*) AS count FROM found GROUP BY repo_host) n), '')
    || ']},"nodes":[' || coalesce((
        SELECT string_agg('{"title":' || to_json(p.title)::text || ',"slug":' || to_json(p.slug)::text
            || ',"repoDescription":' || to_json(p.repo_description)::text
            || ',"repoWatchers":' || p.repo_watchers
            || ',"lastUpdated":' || coalesce(to_char(p.last_updated AT TIME ZONE 'UTC',
                '"\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\""'), 'null')
            || ',"score":' || p.score || '}', ',' ORDER BY p.score DESC, p.id)
        FROM (SELECT id FROM found ORDER BY score DESC, id LIMIT 20) best
        JOIN package p USING (id)), '')
    || ']}'
