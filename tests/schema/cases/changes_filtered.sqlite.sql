-- statements: 1
SELECT (WITH page_1 AS 
(SELECT change_1.id AS key_0 
FROM change AS change_1 
WHERE change_1.node_type = ? AND change_1.node_id = ? ORDER BY change_1.id DESC
 LIMIT 2 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"id":"Change:' || change_2.id || '","action":' || json_quote(change_2.action) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN change AS change_2 ON change_2.id = page_1.key_0 ORDER BY page_1.key_0 ASC) AS anon_1) AS root_0, (WITH page_2 AS 
(SELECT change_3.id AS key_0 
FROM change AS change_3 
WHERE change_3.at >= ? AND change_3.at < ? ORDER BY change_3.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"id":"Change:' || change_4.id || '","at":"' || change_4.at || '"}' AS element_1 
FROM page_2 LEFT OUTER JOIN change AS change_4 ON change_4.id = page_2.key_0) AS anon_2) AS root_1, (WITH page_3 AS 
(SELECT change_5.id AS key_0 
FROM change AS change_5 
WHERE (change_5.node_type IN (SELECT value FROM json_each(?))) AND change_5.actor = ? ORDER BY change_5.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_3 
FROM (SELECT '{"id":"Change:' || change_6.id || '","type":' || json_quote(change_6.node_type) || '}' AS element_1 
FROM page_3 LEFT OUTER JOIN change AS change_6 ON change_6.id = page_3.key_0) AS anon_3) AS root_2, (WITH page_4 AS 
(SELECT change_7.id AS key_0 
FROM change AS change_7 
WHERE (change_7.actor = ?) IS NOT 1 AND (change_7.action IN (SELECT value FROM json_each(?))) ORDER BY change_7.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"id":"Change:' || change_8.id || '","nodeId":"' || CASE WHEN (change_8.node_type = 'PACKAGE') THEN 'Package' WHEN (change_8.node_type = 'CATEGORY') THEN 'Category' WHEN (change_8.node_type = 'GRID') THEN 'Grid' WHEN (change_8.node_type = 'FEATURE') THEN 'Feature' WHEN (change_8.node_type = 'VERSION') THEN 'Version' END || ':' || change_8.node_id || '","node":' || coalesce(CASE WHEN (change_8.node_type = 'PACKAGE') THEN (SELECT '{"id":"Package:' || package_1.id || '"}' AS json_5 
FROM package AS package_1 
WHERE package_1.id = change_8.node_id) WHEN (change_8.node_type = 'CATEGORY') THEN (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_6 
FROM category AS category_1 
WHERE category_1.id = change_8.node_id) WHEN (change_8.node_type = 'GRID') THEN (SELECT '{"id":"Grid:' || grid_1.id || '"}' AS json_7 
FROM grid AS grid_1 
WHERE grid_1.id = change_8.node_id) WHEN (change_8.node_type = 'FEATURE') THEN (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_8 
FROM feature AS feature_1 
WHERE feature_1.id = change_8.node_id) WHEN (change_8.node_type = 'VERSION') THEN (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_9 
FROM version AS version_1 
WHERE version_1.id = change_8.node_id) END, 'null') || '}' AS element_1 
FROM page_4 LEFT OUTER JOIN change AS change_8 ON change_8.id = page_4.key_0) AS anon_4) AS root_3, (WITH page_5 AS 
(SELECT change_9.id AS key_0 
FROM change AS change_9 
WHERE (change_9.node_type IN (SELECT value FROM json_each(?))) AND change_9.at IS NULL ORDER BY change_9.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_10 
FROM (SELECT '{"id":"Change:' || change_10.id || '"}' AS element_1 
FROM page_5 LEFT OUTER JOIN change AS change_10 ON change_10.id = page_5.key_0) AS anon_5) AS root_4;
