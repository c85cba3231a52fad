WITH page AS MATERIALIZED (
    SELECT * FROM (
        SELECT id, coalesce(repo_watchers, -1) AS stars
        FROM package WHERE coalesce(repo_watchers, -1) = ?1 AND id > ?2
        ORDER BY id LIMIT {first} + 1)
    UNION ALL
    SELECT * FROM (
        SELECT id, coalesce(repo_watchers, -1) AS stars
        FROM package WHERE coalesce(repo_watchers, -1) < ?1
        ORDER BY coalesce(repo_watchers, -1) DESC, id LIMIT {first} + 1)
    LIMIT {first} + 1)
SELECT '{"nodes":[' || coalesce((
        SELECT group_concat(
            '{"databaseId":' || database_id || ',"title":' || json_quote(title)
            || ',"slug":' || json_quote(slug) || ',"repoWatchers":' || json_quote(repo_watchers)
            || ',"repoForks":' || json_quote(repo_forks)
            || ',"lastUpdated":' || json_quote(last_updated) || ',"score":' || score
            || ',"commitsOver52":' || commits_over_52 || '}', ',')
        FROM (SELECT id FROM page LIMIT {first}) CROSS JOIN package USING (id)), '')
    || '],"pageInfo":{"hasNextPage":'
    || iif((SELECT count(*) FROM page) > {first}, 'true', 'false')
    || ',"endCursor":' || coalesce((
        SELECT json_quote('["Query.packages REPO_WATCHERS DESC",' || stars || ',' || id || ']')
        FROM page LIMIT 1 OFFSET (SELECT min(count(*), {first}) - 1 FROM page)), 'null')
    || '}}'
