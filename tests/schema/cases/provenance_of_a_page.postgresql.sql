-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"provenance":' || (SELECT '[' || coalesce(string_agg(anon_2.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"field":' || to_json(newest_1.name)::text || ',"source":' || to_json(change_3.actor)::text || '}' AS json_3 
FROM (SELECT keys_1.key AS name, max(change_1.id) AS id 
FROM change AS change_1 JOIN json_each(change_1.diff) AS keys_1 ON true 
WHERE change_1.node_type = 'PACKAGE' AND package_2.id = change_1.node_id AND (keys_1.key = ANY ($1::TEXT[])) GROUP BY keys_1.key UNION ALL SELECT 'modified' AS anon_3, max(change_2.id) AS max_1 
FROM change AS change_2 
WHERE change_2.node_type = 'PACKAGE' AND package_2.id = change_2.node_id) AS newest_1 JOIN change AS change_3 ON change_3.id = newest_1.id ORDER BY ((newest_1.name) COLLATE "C")) AS anon_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0;
