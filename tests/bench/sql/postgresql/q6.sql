WITH page AS MATERIALIZED (
    SELECT id, stars, row_number() OVER (ORDER BY stars DESC, id) AS place
    FROM (
        (SELECT id, coalesce(repo_watchers, -1) AS stars
        FROM package WHERE coalesce(repo_watchers, -1) = $1 AND id > $2
        ORDER BY id LIMIT {first} + 1)
        UNION ALL
        (SELECT id, coalesce(repo_watchers, -1)
        FROM package WHERE coalesce(repo_watchers, -1) < $1
        ORDER BY coalesce(repo_watchers, -1) DESC, id LIMIT {first} + 1)) pages
    ORDER BY stars DESC, id
    LIMIT {first} + 1)
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
        WHERE place <= {first}), '')
    || '],"pageInfo":{"hasNextPage":'
    || CASE WHEN (SELECT count(*) FROM page) > {first} THEN 'true' ELSE 'false' END
    || ',"endCursor":' || coalesce((
        SELECT to_json('["Query.packages REPO_WATCHERS DESC",' || stars || ',' || id || ']')::text
        FROM page WHERE place <= {first} ORDER BY place DESC LIMIT 1), 'null')
    || '}}'
