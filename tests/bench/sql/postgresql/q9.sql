WITH page AS MATERIALIZED (
    SELECT id, coalesce(repo_watchers, -1) AS stars,
        row_number() OVER (ORDER BY coalesce(repo_watchers, -1) DESC, id) AS place
    FROM package
    WHERE coalesce(repo_watchers, -1) <= $2 AND (coalesce(repo_watchers, -1) < $2 OR id > $3)
    ORDER BY coalesce(repo_watchers, -1) DESC, id
    LIMIT $1::int + 1)
SELECT '{"nodes":[' || coalesce((
        SELECT string_agg(
            '{"title":' || to_json(p.title)::text || ',"slug":' || to_json(p.slug)::text
            || ',"repoWatchers":' || coalesce(p.repo_watchers::text, 'null')
            || ',"category":{"title":' || to_json(c.title)::text || '}}', ',' ORDER BY place)
        FROM page JOIN package p USING (id) JOIN category c ON c.id = p.category_id
        WHERE place <= $1), '')
    || '],"pageInfo":{"hasNextPage":'
    || CASE WHEN (SELECT count(*) FROM page) > $1 THEN 'true' ELSE 'false' END
    || ',"endCursor":' || coalesce((
        SELECT to_json('["Package REPO_WATCHERS DESC",' || stars || ',' || id || ']')::text
        FROM page WHERE place <= $1 ORDER BY place DESC LIMIT 1), 'null')
    || '}}'
