WITH found AS MATERIALIZED (
    SELECT id, score, category_id, licenses, development_status, repo_host
    FROM package
    WHERE category_id = (SELECT id FROM category WHERE slug = ?1)
        AND repo_watchers >= ?2 AND title_folded LIKE ?3 ESCAPE '\')
SELECT '{"totalCount":' || (SELECT count(*) FROM found)
    || ',"facets":{"categories":[' || coalesce((
        SELECT group_concat('{"count":' || count || ',"category":{"title":' || json_quote(title)
            || ',"slug":' || json_quote(slug) || '}}', ',')
        FROM (
            SELECT n.count, c.title, c.slug
            FROM (SELECT category_id, count(*) AS count FROM found GROUP BY category_id) n
            JOIN category c ON c.id = n.category_id
            ORDER BY n.count DESC, c.title_folded, c.id)), '')
    || '],"licenses":[' || coalesce((
        SELECT group_concat('{"count":' || count || ',"value":' || json_quote(value) || '}', ',')
        FROM (
            SELECT l.value, count(*) AS count FROM found, json_each(found.licenses) l
            GROUP BY l.value ORDER BY count DESC, l.value)), '')
    || '],"developmentStatuses":[' || coalesce((
        SELECT group_concat('{"count":' || count || ',"value":"' || value || '"}', ',')
        FROM (
            SELECT development_status AS value, count(*) AS count FROM found
            WHERE value IS NOT NULL GROUP BY value ORDER BY count DESC, value)), '')
    || '],"repoHosts":[' || coalesce((
        SELECT group_concat('{"count":' || count || ',"value":"' || value || '"}', ',')
        FROM (
            SELECT repo_host AS value, count(*) AS count FROM found
            GROUP BY value ORDER BY count DESC, value)), '')
    || ']},"nodes":[' || coalesce((
        SELECT group_concat('{"title":' || json_quote(title) || ',"slug":' || json_quote(slug)
            || ',"repoDescription":' || json_quote(repo_description)
            || ',"repoWatchers":' || repo_watchers
            || ',"lastUpdated":' || json_quote(last_updated) || ',"score":' || score || '}', ',')
        FROM (SELECT id FROM found ORDER BY score DESC, id LIMIT 20) CROSS JOIN package USING (id)),
        '')
    || ']}'
