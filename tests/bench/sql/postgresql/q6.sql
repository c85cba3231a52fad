WITH page AS MATERIALIZED (
    SELECT id, coalesce(repo_watchers, -1) AS stars,
        row_number() OVER (ORDER BY coalesce(repo_watchers, -1) DESC, id) AS place
    FROM package
    WHERE coalesce(repo_watchers, -1) <= $2 AND (coalesce(repo_watchers, -1) < $2 OR id > $3)
    ORDER BY coalesce(repo_watchers, -1) DESC, id
    LIMIT $1::int + 1)
SELECT '{"nodes":[' || coalesce((
        SELECT string_agg(
            '{"databaseId":' || database_id || ',"title":' || to_json(title)::text
            || ',"slug":' || to_json(slug)::text
            || ',"repoWatchers":' || coalesce(repo_watchers::text, 'null')
            || ',"repoForks":' || coalesce(repo_forks::text, 'null')
            || ',"lastUpdated":' || coalesce(to_char(last_updated AT TIME ZONE 'UTC',
                '"\""YYYY-MM-DD"T"HH24:MI:SS.US"+00:00\""'), 'null')
            || ',"score":' || score || ',"commitsOver52":' || commits_over_52::text || '}',
            ',' ORDER BY place)
        FROM page JOIN package USING (id)
        WHERE place <= $1), '')
    || '],"pageInfo":{"hasNextPage":'
    || CASE WHEN (SELECT count(*) FROM page) > $1 THEN 'true' ELSE 'false' END
    || ',"endCursor":' || coalesce((
        SELECT to_json('["Package REPO_WATCHERS DESC",' || stars || ',' || id || ']')::text
        FROM page WHERE place <= $1 ORDER BY place DESC LIMIT 1), 'null')
    || '}}'
