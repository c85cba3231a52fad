WITH page AS MATERIALIZED (
    SELECT id, coalesce(repo_watchers, -1) AS stars
    FROM package
    WHERE coalesce(repo_watchers, -1) <= ?2 AND (coalesce(repo_watchers, -1) < ?2 OR id > ?3)
    ORDER BY coalesce(repo_watchers, -1) DESC, id
    LIMIT ?1 + 1)
SELECT '{"nodes":[' || coalesce((
        SELECT group_concat(
            '{"title":' || json_quote(p.title) || ',"slug":' || json_quote(p.slug)
            || ',"repoWatchers":' || json_quote(p.repo_watchers)
            || ',"category":{"title":' || json_quote(c.title) || '}}', ',')
        FROM (SELECT id FROM page LIMIT ?1) CROSS JOIN package p USING (id)
        CROSS JOIN category c ON c.id = p.category_id), '')
    || '],"pageInfo":{"hasNextPage":'
    || iif((SELECT count(*) FROM page) > ?1, 'true', 'false')
    || ',"endCursor":' || coalesce((
        SELECT json_quote('["Package REPO_WATCHERS DESC",' || stars || ',' || id || ']')
        FROM page LIMIT 1 OFFSET (SELECT min(count(*), ?1) - 1 FROM page)), 'null')
    || '}}'
