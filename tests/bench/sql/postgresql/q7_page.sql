SELECT '{"nodes":[' || coalesce(string_agg(node, ','), '') || ']}' FROM (
    SELECT '{"title":' || to_json(title)::text || ',"slug":' || to_json(slug)::text
        || ',"repoDescription":' || to_json(repo_description)::text
        || ',"repoWatchers":' || repo_watchers
        || ',"lastUpdated":' || coalesce(to_char(last_updated AT TIME ZONE 'UTC',
            '"\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\""'), 'null')
        || ',"score":' || score || '}' AS node
    FROM package
    WHERE category_id = (SELECT id FROM category WHERE slug = $1)
        AND repo_watchers >= $2 AND title_folded LIKE $3
    ORDER BY score DESC, id
    LIMIT 20) rows
