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
            '{"title":' || to_json(p.title)::text || ',"slug":' || to_json(p.slug)::text
            || ',"repoWatchers":' || coalesce(p.repo_watchers::text, 'null')
            || ',"category":{"title":' || to_json(c.title)::text || '}}', ',' ORDER BY place)
        FROM page JOIN package p USING (id) JOIN category c ON c.id = p.category_id
        WHERE place <= {first}), '')
    || '],"pageInfo":{"hasNextPage":'
    || CASE WHEN (SELECT count(*) FROM page) > {first} THEN 'true' ELSE 'false' END
    || ',"endCursor":' || coalesce((
        SELECT to_json('["Query.packages REPO_WATCHERS DESC",' || stars || ',' || id || ']')::text
        FROM page WHERE place <= {first} ORDER BY place DESC LIMIT 1), 'null')
    || '}}'
