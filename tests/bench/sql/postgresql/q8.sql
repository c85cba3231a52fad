WITH meant AS MATERIALIZED (
    SELECT value ->> 0 AS kind, (value ->> 1)::int AS word, value ->> 2 AS first, value ->> 3 AS last
    FROM json_array_elements($1::json) value),
counted AS MATERIALIZED (
    SELECT word, sum((
        SELECT count(*) FROM (
            SELECT 1 FROM search_posting WHERE term BETWEEN first AND last LIMIT 5000) n)) AS found
    FROM meant GROUP BY word),
hits AS MATERIALIZED (
    SELECT node_type, node_id, popularity, max(
        CASE kind WHEN 'word' THEN
                CASE field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 ELSE 2 END
                * CASE WHEN term = first THEN 10 ELSE 6 END
            WHEN 'typed' THEN CASE field WHEN 1 THEN 4000 ELSE 2000 END
            ELSE CASE field WHEN 1 THEN 3000 ELSE 1000 END END) AS points
    FROM meant JOIN search_posting ON term BETWEEN first AND last
    WHERE word = (SELECT word FROM counted ORDER BY found, word LIMIT 1)
    GROUP BY node_type, node_id, popularity),
best AS MATERIALIZED (
    SELECT points + more AS score, node_type, node_id, popularity
    FROM (
        SELECT hits.*, CASE WHEN (SELECT count(*) FROM counted) = 1 THEN 0 ELSE (
            SELECT CASE WHEN count(*) = (SELECT count(*) - 1 FROM counted) THEN sum(points) END
            FROM (
                SELECT max(
                    CASE kind WHEN 'word' THEN
                            CASE field WHEN 1 THEN 10 WHEN 2 THEN 8 WHEN 3 THEN 4 ELSE 2 END
                            * CASE WHEN term = first THEN 10 ELSE 6 END
                        WHEN 'typed' THEN CASE field WHEN 1 THEN 4000 ELSE 2000 END
                        ELSE CASE field WHEN 1 THEN 3000 ELSE 1000 END END) AS points
                FROM meant JOIN search_posting s
                    ON s.node_type = hits.node_type AND s.node_id = hits.node_id
                        AND term BETWEEN first AND last
                WHERE word <> (SELECT word FROM counted ORDER BY found, word LIMIT 1)
                GROUP BY word) others) END AS more
        FROM hits) scored
    WHERE more IS NOT NULL
    ORDER BY score DESC, popularity DESC, node_type DESC, node_id DESC
    LIMIT 20)
SELECT '{"edges":[' || coalesce(string_agg('{"score":' || score || ',"node":' || CASE node_type
        WHEN 'PACKAGE' THEN (
            SELECT '{"__typename":"Package","title":' || to_json(title)::text
                || ',"slug":' || to_json(slug)::text
                || ',"repoDescription":' || to_json(repo_description)::text
                || ',"repoWatchers":' || coalesce(repo_watchers::text, 'null') || '}'
            FROM package WHERE id = node_id)
        WHEN 'GRID' THEN (
            SELECT '{"__typename":"Grid","title":' || to_json(title)::text
                || ',"slug":' || to_json(slug)::text || '}'
            FROM grid WHERE id = node_id)
        ELSE (
            SELECT '{"__typename":"Category","title":' || to_json(title)::text
                || ',"slug":' || to_json(slug)::text || '}'
            FROM category WHERE id = node_id)
        END || '}', ',' ORDER BY score DESC, popularity DESC, node_type DESC, node_id DESC), '')
    || ']}',
    (SELECT min(found) FROM counted)
FROM best
