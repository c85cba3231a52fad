WITH page AS MATERIALIZED (
    SELECT id, coalesce(repo_watchers, -1) AS stars
    FROM package
    WHERE coalesce(repo_watchers, -1) <= ?2 AND (coalesce(repo_watchers, -1) < ?2 OR id > ?3)
    ORDER BY coalesce(repo_watchers, -1) DESC, id
    LIMIT ?1 + 1)
SELECT '{"nodes":[' || coalesce((
        SELECT group_concat(
            '{"databaseId":' || database_id || ',"title":' || json_quote(title)
            || ',"slug":' || json_quote(slug) || ',"repoWatchers":' || json_quote(repo_watchers)
            || ',"repoForks":' || json_quote(repo_forks)
            || ',"lastUpdated":' || json_quote(last_updated) || ',"score":' || score
            || ',"commitsOver52":' || commits_over_52 || '}', ',')
        FROM (SELECT id FROM page LIMIT ?1) CROSS JOIN package USING (id)), '')
    || '],"pageInfo":{"hasNextPage":'
    || iif((SELECT count(*) FROM page) > ?1, 'true', 'false')
    || ',"endCursor":' || coalesce((
        SELECT json_quote('["Package REPO_WATCHERS DESC",' || stars || ',' || id || ']')
        FROM page LIMIT 1 OFFSET (SELECT min(count(*), ?1) - 1 FROM page)), 'null')
    || '}}'
