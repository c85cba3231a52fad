SELECT '{"nodes":[' || coalesce(group_concat(node, ','), '') || ']}' FROM (
    SELECT '{"title":' || json_quote(title) || ',"slug":' || json_quote(slug)
        || ',"repoDescription":' || json_quote(repo_description)
        || ',"repoWatchers":' || repo_watchers
        || ',"lastUpdated":' || json_quote(last_updated) || ',"score":' || score || '}' AS node
    FROM package
    WHERE category_id = (SELECT id FROM category WHERE slug = ?1)
        AND repo_watchers >= ?2 AND title_folded LIKE ?3 ESCAPE '\'
    ORDER BY score DESC, id
    LIMIT 20)
