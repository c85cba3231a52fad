-- statements: 1
SELECT (SELECT '{"title":' || to_json(grid_1.title)::text || ',"features":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"title":' || to_json(feature_1.title)::text || '}' AS json_3 
FROM feature AS feature_1 
WHERE grid_1.id = feature_1.grid_id ORDER BY feature_1.position, feature_1.id) AS anon_1) || ',"packages":' || (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"node":{"title":' || to_json(package_2.title)::text || '},"cells":' || (SELECT '[' || coalesce(string_agg(anon_3.json_6, ','), '') || ']' AS json_5 
FROM (SELECT '{"feature":{"title":' || to_json(feature_2.title)::text || '},"text":' || coalesce(to_json(CASE WHEN (cell_1.text IS NOT NULL) THEN cell_1.text ELSE '' END)::text, 'null') || ',"verdict":' || coalesce(to_json(CASE WHEN (cell_1.verdict IS NOT NULL) THEN cell_1.verdict ELSE 'UNKNOWN' END)::text, 'null') || ',"strength":' || coalesce(CAST(CASE WHEN (cell_1.strength IS NOT NULL) THEN cell_1.strength ELSE 0 END AS TEXT), 'null') || '}' AS json_6 
FROM feature AS feature_2 LEFT OUTER JOIN cell AS cell_1 ON cell_1.feature_id = feature_2.id AND cell_1.package_id = package_2.id 
WHERE feature_2.grid_id = grid_1.id ORDER BY feature_2.position, feature_2.id) AS anon_3) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_2) || '}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'GRID' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0;
