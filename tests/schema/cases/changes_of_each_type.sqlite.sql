-- statements: 1
SELECT (SELECT '{"changes":' || (WITH page_1 AS 
(SELECT change_1.id AS key_0 
FROM change AS change_1 
WHERE change_1.actor = ? AND change_1.node_type = 'PACKAGE' AND package_1.id = change_1.node_id ORDER BY change_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM change AS change_1 
WHERE change_1.actor = ? AND change_1.node_type = 'PACKAGE' AND package_1.id = change_1.node_id) AS TEXT), 'null') || ',"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"id":"Change:' || change_2.id || '","diff":' || CAST(change_2.diff AS TEXT) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN change AS change_2 ON change_2.id = page_1.key_0) AS anon_1) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0, (SELECT '{"changes":' || (WITH page_2 AS 
(SELECT change_3.id AS key_0 
FROM change AS change_3 
WHERE change_3.actor = ? AND change_3.node_type = 'CATEGORY' AND category_1.id = change_3.node_id ORDER BY change_3.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"id":"Change:' || change_4.id || '","nodeId":"' || CASE WHEN (change_4.node_type = 'PACKAGE') THEN 'Package' WHEN (change_4.node_type = 'CATEGORY') THEN 'Category' WHEN (change_4.node_type = 'GRID') THEN 'Grid' WHEN (change_4.node_type = 'FEATURE') THEN 'Feature' WHEN (change_4.node_type = 'VERSION') THEN 'Version' END || ':' || change_4.node_id || '"}' AS element_1 
FROM page_2 LEFT OUTER JOIN change AS change_4 ON change_4.id = page_2.key_0) AS anon_2) || '}' AS json_3 
FROM category AS category_1 
WHERE category_1.id = coalesce((SELECT category_2.id 
FROM category AS category_2 
WHERE category_2.slug_folded = ?), (SELECT alias_2.node_id 
FROM alias AS alias_2 
WHERE alias_2.node_type = 'CATEGORY' AND alias_2.kind = 'SLUG' AND alias_2.name = CAST(? AS TEXT)))) AS root_1, (SELECT '{"changes":' || (WITH page_3 AS 
(SELECT change_5.id AS key_0 
FROM change AS change_5 
WHERE change_5.actor = ? AND grid_1.id = change_5.grid_id ORDER BY change_5.id DESC
 LIMIT 2 OFFSET 0)
 SELECT '{"edges":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_6 
FROM (SELECT '{"cursor":' || json_quote('["Grid.changes",' || CAST(page_3.key_0 AS TEXT) || ']') || ',"node":{"id":"Change:' || change_6.id || '","type":' || json_quote(change_6.node_type) || ',"nodeId":"' || CASE WHEN (change_6.node_type = 'PACKAGE') THEN 'Package' WHEN (change_6.node_type = 'CATEGORY') THEN 'Category' WHEN (change_6.node_type = 'GRID') THEN 'Grid' WHEN (change_6.node_type = 'FEATURE') THEN 'Feature' WHEN (change_6.node_type = 'VERSION') THEN 'Version' END || ':' || change_6.node_id || '"}}' AS element_1 
FROM page_3 LEFT OUTER JOIN change AS change_6 ON change_6.id = page_3.key_0 ORDER BY page_3.key_0 ASC) AS anon_3) || '}' AS json_5 
FROM grid AS grid_1 
WHERE grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.slug_folded = ?), (SELECT alias_3.node_id 
FROM alias AS alias_3 
WHERE alias_3.node_type = 'GRID' AND alias_3.kind = 'SLUG' AND alias_3.name = CAST(? AS TEXT)))) AS root_2;
