-- statements: 1
SELECT (SELECT '{"said":' || (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id AND (EXISTS (SELECT 1 
FROM feature AS feature_1 LEFT OUTER JOIN cell AS cell_1 ON cell_1.feature_id = feature_1.id AND cell_1.package_id = package_1.id 
WHERE feature_1.grid_id = grid_1.id AND feature_1.id = ? AND (CASE WHEN (cell_1.verdict IS NOT NULL) THEN cell_1.verdict ELSE 'UNKNOWN' END IN (SELECT value FROM json_each(?))))) ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) || ',"unknown":' || (WITH page_2 AS 
(SELECT package_3.title_folded AS key_0, package_3.id AS key_1 
FROM grid_package AS grid_package_2 JOIN package AS package_3 ON package_3.id = grid_package_2.package_id 
WHERE grid_package_2.grid_id = grid_1.id AND (EXISTS (SELECT 1 
FROM feature AS feature_2 LEFT OUTER JOIN cell AS cell_2 ON cell_2.feature_id = feature_2.id AND cell_2.package_id = package_3.id 
WHERE feature_2.grid_id = grid_1.id AND feature_2.id = ? AND (CASE WHEN (cell_2.verdict IS NOT NULL) THEN cell_2.verdict ELSE 'UNKNOWN' END IN (SELECT value FROM json_each(?))))) ORDER BY package_3.title_folded ASC, package_3.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_3 
FROM (SELECT '{"slug":' || json_quote(package_4.slug) || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1) AS anon_2) || ',"text":' || (WITH page_3 AS 
(SELECT package_5.title_folded AS key_0, package_5.id AS key_1 
FROM grid_package AS grid_package_3 JOIN package AS package_5 ON package_5.id = grid_package_3.package_id 
WHERE grid_package_3.grid_id = grid_1.id AND (EXISTS (SELECT 1 
FROM feature AS feature_3 LEFT OUTER JOIN cell AS cell_3 ON cell_3.feature_id = feature_3.id AND cell_3.package_id = package_5.id 
WHERE feature_3.grid_id = grid_1.id AND feature_3.id = ? AND CASE WHEN (cell_3.text_folded IS NOT NULL) THEN cell_3.text_folded ELSE '' END LIKE ? ESCAPE '\')) ORDER BY package_5.title_folded ASC, package_5.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"slug":' || json_quote(package_6.slug) || '}' AS element_1 
FROM page_3 LEFT OUTER JOIN package AS package_6 ON package_6.id = page_3.key_1) AS anon_3) || ',"foreign":' || (WITH page_4 AS 
(SELECT package_7.title_folded AS key_0, package_7.id AS key_1 
FROM grid_package AS grid_package_4 JOIN package AS package_7 ON package_7.id = grid_package_4.package_id 
WHERE grid_package_4.grid_id = grid_1.id AND (EXISTS (SELECT 1 
FROM feature AS feature_4 LEFT OUTER JOIN cell AS cell_4 ON cell_4.feature_id = feature_4.id AND cell_4.package_id = package_7.id 
WHERE feature_4.grid_id = grid_1.id AND feature_4.id = ? AND (CASE WHEN (cell_4.verdict IS NOT NULL) THEN cell_4.verdict ELSE 'UNKNOWN' END IN (SELECT value FROM json_each(?))))) ORDER BY package_7.title_folded ASC, package_7.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_5 
FROM (SELECT '{"slug":' || json_quote(package_8.slug) || '}' AS element_1 
FROM page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1) AS anon_4) || '}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'GRID' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
