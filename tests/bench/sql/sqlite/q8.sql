WITH meant AS MATERIALIZED (
    SELECT value ->> 0 AS kind, value ->> 1 AS word, value ->> 2 AS first, value ->> 3 AS last
    FROM json_each(?1)),
counted AS MATERIALIZED (
    SELECT word, sum((
        SELECT count(*) FROM (
            SELECT 1 FROM search_posting WHERE term BETWEEN first AND last LIMIT 5000))) AS found
    FROM meant GROUP BY word),
hits AS MATERIALIZED (
    SELECT node_type, node_id, popularity, max(
        CASE kind WHEN 'word' THEN
                CASE field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 ELSE 2 END
                * iif(term = first, 10, 6)
            WHEN 'typed' THEN iif(field = 1, 4000, 2000)
            ELSE iif(field = 1, 3000, 1000) END) AS points
    FROM meant CROSS JOIN search_posting ON term BETWEEN first AND last
    WHERE word = (SELECT word FROM counted ORDER BY found, word LIMIT 1)
    GROUP BY node_type, node_id, popularity),
best AS MATERIALIZED (
    SELECT points + more AS score, node_type, node_id, popularity
    FROM (
        SELECT hits.*, CASE WHEN (SELECT count(*) FROM counted) = 1 THEN 0 ELSE (
            SELECT iif(count(*) = (SELECT count(*) - 1 FROM counted), sum(points), NULL)
            FROM (
                SELECT max(
                    CASE kind WHEN 'word' THEN
                            CASE field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 ELSE 2 END
                            * iif(term = first, 10, 6)
                        WHEN 'typed' THEN iif(field = 1, 4000, 2000)
                        ELSE iif(field = 1, 3000, 1000) END) AS points
                FROM meant CROSS JOIN search_posting s
                    ON s.node_type = hits.node_type AND s.node_id = hits.node_id
                        AND term BETWEEN first AND last
                WHERE word <> (SELECT word FROM counted ORDER BY found, word LIMIT 1)
                GROUP BY word)) END AS more
        FROM hits)
    WHERE more IS NOT NULL
    ORDER BY score DESC, popularity DESC, node_type DESC, node_id DESC
    LIMIT 20)
SELECT '{"edges":[' || coalesce(group_concat('{"score":' || score || ',"node":' || CASE node_type
        WHEN 'PACKAGE' THEN (
            SELECT '{"__typename":"Package","title":' || json_quote(title)
                || ',"slug":' || json_quote(slug)
                || ',"repoDescription":' || json_quote(repo_description)
                || ',"repoWatchers":' || json_quote(repo_watchers) || '}'
            FROM package WHERE id = node_id)
        WHEN 'GRID' THEN (
            SELECT '{"__typename":"Grid","title":' || json_quote(title)
                || ',"slug":' || json_quote(slug) || '}'
            FROM grid WHERE id = node_id)
        ELSE (
            SELECT '{"__typename":"Category","title":' || json_quote(title)
                || ',"slug":' || json_quote(slug) || '}'
            FROM category WHERE id = node_id)
        END || '}', ','), '') || ']}',
    (SELECT min(found) FROM counted)
FROM best
