-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE (package_1.slug IN (SELECT value FROM json_each(?))) AND (package_1.slug_folded IN (SELECT value FROM json_each(?))) ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"changes":' || (WITH page_2 AS 
(SELECT change_1.id AS key_0 
FROM change AS change_1 
WHERE (change_1.action IN (SELECT value FROM json_each(?))) AND change_1.node_type = 'PACKAGE' AND package_2.id = change_1.node_id ORDER BY change_1.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"id":"Change:' || change_2.id || '","node":' || coalesce(CASE WHEN (change_2.node_type = 'PACKAGE') THEN (SELECT '{"id":"Package:' || package_3.id || '"}' AS json_3 
FROM package AS package_3 
WHERE package_3.id = change_2.node_id) WHEN (change_2.node_type = 'CATEGORY') THEN (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_4 
FROM category AS category_1 
WHERE category_1.id = change_2.node_id) WHEN (change_2.node_type = 'GRID') THEN (SELECT '{"id":"Grid:' || grid_1.id || '"}' AS json_5 
FROM grid AS grid_1 
WHERE grid_1.id = change_2.node_id) WHEN (change_2.node_type = 'FEATURE') THEN (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_6 
FROM feature AS feature_1 
WHERE feature_1.id = change_2.node_id) WHEN (change_2.node_type = 'VERSION') THEN (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_7 
FROM version AS version_1 
WHERE version_1.id = change_2.node_id) END, 'null') || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN change AS change_2 ON change_2.id = page_2.key_0) AS anon_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) AS root_0;
