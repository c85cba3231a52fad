-- statements: 1
SELECT (WITH page_1 AS 
(SELECT anon_1.key_0 AS key_0 
FROM (SELECT change_1.id AS key_0 
FROM change AS change_1 
WHERE change_1.id > $1::BIGINT ORDER BY change_1.id ASC 
 LIMIT 7 OFFSET 0) AS anon_1 ORDER BY key_0 ASC 
 LIMIT 7 OFFSET 0)
 SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 6) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((EXISTS (SELECT 1 
FROM change AS change_1 
WHERE change_1.id < $1::BIGINT)) OR (EXISTS (SELECT 1 
FROM change AS change_1 
WHERE change_1.id = $1::BIGINT))) THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce(to_json((SELECT '["Query.changes",' || CAST(anon_2.key_0 AS TEXT) || ']' AS json_2 
FROM (SELECT rows_1.key_0 AS key_0 
FROM (SELECT page_1.key_0 AS key_0 
FROM page_1 ORDER BY page_1.key_0 ASC 
 LIMIT 6 OFFSET 0) AS rows_1 ORDER BY rows_1.key_0 ASC 
 LIMIT 1 OFFSET 0) AS anon_2))::text, 'null') || ',"endCursor":' || coalesce(to_json((SELECT '["Query.changes",' || CAST(anon_3.key_0 AS TEXT) || ']' AS json_3 
FROM (SELECT rows_1.key_0 AS key_0 
FROM (SELECT page_1.key_0 AS key_0 
FROM page_1 ORDER BY page_1.key_0 ASC 
 LIMIT 6 OFFSET 0) AS rows_1 ORDER BY rows_1.key_0 DESC 
 LIMIT 1 OFFSET 0) AS anon_3))::text, 'null') || '}}' AS json_1 
FROM (SELECT '{"cursor":' || to_json('["Query.changes",' || CAST(rows_1.key_0 AS TEXT) || ']')::text || ',"node":{"id":"Change:' || change_2.id || '","transaction":"Transaction:' || change_2.transaction_id || '","type":' || to_json(change_2.node_type)::text || ',"revision":' || CAST(change_2.revision AS TEXT) || ',"at":"' || to_char(change_2.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","actor":' || to_json(change_2.actor)::text || ',"action":' || to_json(change_2.action)::text || ',"nodeId":"' || CASE WHEN (change_2.node_type = 'PACKAGE') THEN 'Package' WHEN (change_2.node_type = 'CATEGORY') THEN 'Category' WHEN (change_2.node_type = 'GRID') THEN 'Grid' WHEN (change_2.node_type = 'FEATURE') THEN 'Feature' WHEN (change_2.node_type = 'VERSION') THEN 'Version' END || ':' || change_2.node_id || '","diff":' || CAST(change_2.diff AS TEXT) || ',"reverts":' || coalesce('"Change:' || change_2.reverts_id || '"', 'null') || ',"node":' || coalesce(CASE WHEN (change_2.node_type = 'PACKAGE') THEN (SELECT '{"id":"Package:' || package_1.id || '","__typename":"Package","slug":' || to_json(package_1.slug)::text || ',"category":{"slug":' || to_json(category_1.slug)::text || '}}' AS json_4 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.id = change_2.node_id) WHEN (change_2.node_type = 'CATEGORY') THEN (SELECT '{"id":"Category:' || category_2.id || '","__typename":"Category"}' AS json_5 
FROM category AS category_2 
WHERE category_2.id = change_2.node_id) WHEN (change_2.node_type = 'GRID') THEN (SELECT '{"id":"Grid:' || grid_1.id || '","__typename":"Grid"}' AS json_6 
FROM grid AS grid_1 
WHERE grid_1.id = change_2.node_id) WHEN (change_2.node_type = 'FEATURE') THEN (SELECT '{"id":"Feature:' || feature_1.id || '","__typename":"Feature"}' AS json_7 
FROM feature AS feature_1 
WHERE feature_1.id = change_2.node_id) WHEN (change_2.node_type = 'VERSION') THEN (SELECT '{"id":"Version:' || version_1.id || '","__typename":"Version","number":' || to_json(version_1.number)::text || '}' AS json_8 
FROM version AS version_1 
WHERE version_1.id = change_2.node_id) END, 'null') || '}}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0 
FROM page_1 ORDER BY page_1.key_0 ASC 
 LIMIT 6 OFFSET 0) AS rows_1 LEFT OUTER JOIN change AS change_2 ON change_2.id = rows_1.key_0 ORDER BY rows_1.key_0 ASC) AS anon_4) AS root_0;
