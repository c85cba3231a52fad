-- statements: 1
SELECT (SELECT '{"best":' || (WITH page_1 AS 
(SELECT CASE WHEN (cell_1.text IS NULL) THEN 1 ELSE $1::INTEGER END AS key_0, CASE WHEN (cell_1.strength IS NOT NULL) THEN cell_1.strength ELSE 0 END AS key_1, CASE WHEN (cell_1.text_folded IS NOT NULL) THEN cell_1.text_folded ELSE '' END AS key_2, package_1.title_folded AS key_3, package_1.id AS key_4 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id LEFT OUTER JOIN cell AS cell_1 ON cell_1.feature_id = $2::BIGINT AND cell_1.package_id = package_1.id AND cell_1.grid_id = grid_1.id 
WHERE grid_package_1.grid_id = grid_1.id ORDER BY CASE WHEN (cell_1.text IS NULL) THEN 1 ELSE $1::INTEGER END ASC, CASE WHEN (cell_1.strength IS NOT NULL) THEN cell_1.strength ELSE 0 END DESC, CASE WHEN (cell_1.text_folded IS NOT NULL) THEN cell_1.text_folded ELSE '' END DESC, package_1.title_folded ASC, package_1.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"cursor":' || to_json('[' || to_json($3::VARCHAR)::text || ',' || coalesce(CAST(page_1.key_0 AS TEXT), 'null') || ',' || coalesce(CAST(page_1.key_1 AS TEXT), 'null') || ',' || coalesce(to_json(page_1.key_2)::text, 'null') || ',' || to_json(page_1.key_3)::text || ',' || CAST(page_1.key_4 AS TEXT) || ']')::text || ',"node":{"slug":' || to_json(package_2.slug)::text || '},"cells":' || (SELECT '[' || coalesce(string_agg(anon_3.anon_2, ','), '') || ']' AS json_3 
FROM (SELECT CASE WHEN (cell_2.text IS NULL) THEN '{"text":""}' ELSE '{"text":' || to_json(cell_2.text)::text || '}' END AS anon_2 
FROM feature AS feature_1 LEFT OUTER JOIN cell AS cell_2 ON cell_2.feature_id = feature_1.id AND cell_2.package_id = package_2.id 
WHERE feature_1.grid_id = grid_1.id ORDER BY feature_1.position, feature_1.id) AS anon_3) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_4 ORDER BY page_1.key_0 ASC, page_1.key_1 DESC, page_1.key_2 DESC, page_1.key_3 ASC, page_1.key_4 ASC) AS anon_1) || ',"worst":' || (WITH page_2 AS 
(SELECT CASE WHEN (cell_3.text IS NULL) THEN 1 ELSE $4::INTEGER END AS key_0, CASE WHEN (cell_3.strength IS NOT NULL) THEN cell_3.strength ELSE 0 END AS key_1, CASE WHEN (cell_3.text_folded IS NOT NULL) THEN cell_3.text_folded ELSE '' END AS key_2, coalesce(package_3.repo_watchers, -1) AS key_3, package_3.id AS key_4 
FROM grid_package AS grid_package_2 JOIN package AS package_3 ON package_3.id = grid_package_2.package_id LEFT OUTER JOIN cell AS cell_3 ON cell_3.feature_id = $5::BIGINT AND cell_3.package_id = package_3.id AND cell_3.grid_id = grid_1.id 
WHERE grid_package_2.grid_id = grid_1.id ORDER BY CASE WHEN (cell_3.text IS NULL) THEN 1 ELSE $4::INTEGER END ASC, CASE WHEN (cell_3.strength IS NOT NULL) THEN cell_3.strength ELSE 0 END ASC, CASE WHEN (cell_3.text_folded IS NOT NULL) THEN cell_3.text_folded ELSE '' END ASC, coalesce(package_3.repo_watchers, -1) DESC, package_3.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"slug":' || to_json(package_4.slug)::text || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_4 ORDER BY page_2.key_0 ASC, page_2.key_1 ASC, page_2.key_2 ASC, page_2.key_3 DESC, page_2.key_4 ASC) AS anon_4) || '}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.slug_folded = $6::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'GRID' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($6::VARCHAR AS TEXT)))) AS root_0;
