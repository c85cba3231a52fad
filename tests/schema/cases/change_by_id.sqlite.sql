-- statements: 1
SELECT coalesce((SELECT '{}' AS anon_1 
FROM package AS package_1 
WHERE package_1.id = ?), (SELECT '{}' AS anon_2 
FROM category AS category_1 
WHERE category_1.id = ?), (SELECT '{}' AS anon_3 
FROM grid AS grid_1 
WHERE grid_1.id = ?), (SELECT '{}' AS anon_4 
FROM feature AS feature_1 
WHERE feature_1.id = ?), (SELECT '{}' AS anon_5 
FROM version AS version_1 
WHERE version_1.id = ?), (SELECT '{"id":"Change:' || change_1.id || '","transaction":"Transaction:' || change_1.transaction_id || '","type":' || json_quote(change_1.node_type) || ',"revision":' || CAST(change_1.revision AS TEXT) || ',"at":"' || change_1.at || '","actor":' || json_quote(change_1.actor) || ',"action":' || json_quote(change_1.action) || ',"nodeId":"' || CASE WHEN (change_1.node_type = 'PACKAGE') THEN 'Package' WHEN (change_1.node_type = 'CATEGORY') THEN 'Category' WHEN (change_1.node_type = 'GRID') THEN 'Grid' WHEN (change_1.node_type = 'FEATURE') THEN 'Feature' WHEN (change_1.node_type = 'VERSION') THEN 'Version' END || ':' || change_1.node_id || '","diff":' || CAST(change_1.diff AS TEXT) || ',"reverts":' || coalesce('"Change:' || change_1.reverts_id || '"', 'null') || ',"node":' || coalesce(CASE WHEN (change_1.node_type = 'PACKAGE') THEN (SELECT '{"id":"Package:' || package_2.id || '","__typename":"Package","slug":' || json_quote(package_2.slug) || ',"category":{"slug":' || json_quote(category_2.slug) || '}}' AS json_2 
FROM package AS package_2 LEFT OUTER JOIN category AS category_2 ON package_2.category_id = category_2.id 
WHERE package_2.id = change_1.node_id) WHEN (change_1.node_type = 'CATEGORY') THEN (SELECT '{"id":"Category:' || category_3.id || '","__typename":"Category"}' AS json_3 
FROM category AS category_3 
WHERE category_3.id = change_1.node_id) WHEN (change_1.node_type = 'GRID') THEN (SELECT '{"id":"Grid:' || grid_2.id || '","__typename":"Grid"}' AS json_4 
FROM grid AS grid_2 
WHERE grid_2.id = change_1.node_id) WHEN (change_1.node_type = 'FEATURE') THEN (SELECT '{"id":"Feature:' || feature_2.id || '","__typename":"Feature"}' AS json_5 
FROM feature AS feature_2 
WHERE feature_2.id = change_1.node_id) WHEN (change_1.node_type = 'VERSION') THEN (SELECT '{"id":"Version:' || version_2.id || '","__typename":"Version","number":' || json_quote(version_2.number) || '}' AS json_6 
FROM version AS version_2 
WHERE version_2.id = change_1.node_id) END, 'null') || '}' AS json_1 
FROM change AS change_1 
WHERE change_1.id = ?), 'null') AS root_0, (SELECT '[' || coalesce(group_concat(anon_6.coalesce_1, ','), '') || ']' AS json_7 
FROM (SELECT coalesce(CASE WHEN ((anon_7.value ->> 0) = ?) THEN (SELECT '{"id":"Package:' || package_3.id || '"}' AS json_8 
FROM package AS package_3 
WHERE package_3.id = CAST(anon_7.value ->> 1 AS BIGINT)) WHEN ((anon_7.value ->> 0) = ?) THEN (SELECT '{"id":"Category:' || category_4.id || '"}' AS json_9 
FROM category AS category_4 
WHERE category_4.id = CAST(anon_7.value ->> 1 AS BIGINT)) WHEN ((anon_7.value ->> 0) = ?) THEN (SELECT '{"id":"Grid:' || grid_3.id || '"}' AS json_10 
FROM grid AS grid_3 
WHERE grid_3.id = CAST(anon_7.value ->> 1 AS BIGINT)) WHEN ((anon_7.value ->> 0) = ?) THEN (SELECT '{"id":"Feature:' || feature_3.id || '"}' AS json_11 
FROM feature AS feature_3 
WHERE feature_3.id = CAST(anon_7.value ->> 1 AS BIGINT)) WHEN ((anon_7.value ->> 0) = ?) THEN (SELECT '{"id":"Version:' || version_3.id || '"}' AS json_12 
FROM version AS version_3 
WHERE version_3.id = CAST(anon_7.value ->> 1 AS BIGINT)) WHEN ((anon_7.value ->> 0) = ?) THEN (SELECT '{"id":"Change:' || change_2.id || '","nodeId":"' || CASE WHEN (change_2.node_type = 'PACKAGE') THEN 'Package' WHEN (change_2.node_type = 'CATEGORY') THEN 'Category' WHEN (change_2.node_type = 'GRID') THEN 'Grid' WHEN (change_2.node_type = 'FEATURE') THEN 'Feature' WHEN (change_2.node_type = 'VERSION') THEN 'Version' END || ':' || change_2.node_id || '","node":' || coalesce(CASE WHEN (change_2.node_type = 'PACKAGE') THEN (SELECT '{"id":"Package:' || package_4.id || '"}' AS json_14 
FROM package AS package_4 
WHERE package_4.id = change_2.node_id) WHEN (change_2.node_type = 'CATEGORY') THEN (SELECT '{"id":"Category:' || category_5.id || '"}' AS json_15 
FROM category AS category_5 
WHERE category_5.id = change_2.node_id) WHEN (change_2.node_type = 'GRID') THEN (SELECT '{"id":"Grid:' || grid_4.id || '"}' AS json_16 
FROM grid AS grid_4 
WHERE grid_4.id = change_2.node_id) WHEN (change_2.node_type = 'FEATURE') THEN (SELECT '{"id":"Feature:' || feature_4.id || '"}' AS json_17 
FROM feature AS feature_4 
WHERE feature_4.id = change_2.node_id) WHEN (change_2.node_type = 'VERSION') THEN (SELECT '{"id":"Version:' || version_4.id || '"}' AS json_18 
FROM version AS version_4 
WHERE version_4.id = change_2.node_id) END, 'null') || '}' AS json_13 
FROM change AS change_2 
WHERE change_2.id = CAST(anon_7.value ->> 1 AS BIGINT)) ELSE 'null' END, 'null') AS coalesce_1 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_7 ORDER BY anon_7.position) AS anon_6) AS root_1;
