-- statements: 1
SELECT (SELECT '{"compared":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"feature":{"title":' || to_json(feature_1.title)::text || '},"text":' || coalesce(to_json(CASE WHEN (cell_1.text IS NOT NULL) THEN cell_1.text ELSE '' END)::text, 'null') || ',"verdict":' || coalesce(to_json(CASE WHEN (cell_1.verdict IS NOT NULL) THEN cell_1.verdict ELSE 'UNKNOWN' END)::text, 'null') || ',"package":{"slug":' || to_json(package_1.slug)::text || '}}' AS json_3 
FROM feature AS feature_1 LEFT OUTER JOIN cell AS cell_1 ON cell_1.feature_id = feature_1.id AND cell_1.package_id = package_1.id 
WHERE feature_1.grid_id = (SELECT grid_package_1.grid_id 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_1.id = grid_package_1.grid_id 
WHERE grid_package_1.package_id = package_1.id AND grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.database_id = $1::BIGINT), (SELECT alias_2.node_id 
FROM alias AS alias_2 
WHERE alias_2.node_type = 'GRID' AND alias_2.kind = 'DATABASE_ID' AND alias_2.name = CAST($1::BIGINT AS TEXT)))) ORDER BY feature_1.position, feature_1.id) AS anon_1) || ',"elsewhere":' || (SELECT '[' || coalesce(string_agg(anon_3.anon_2, ','), '') || ']' AS json_4 
FROM (SELECT CASE WHEN (cell_2.text IS NULL) THEN '{"text":""}' ELSE '{"text":' || to_json(cell_2.text)::text || '}' END AS anon_2 
FROM feature AS feature_2 LEFT OUTER JOIN cell AS cell_2 ON cell_2.feature_id = feature_2.id AND cell_2.package_id = package_1.id 
WHERE feature_2.grid_id = (SELECT grid_package_2.grid_id 
FROM grid_package AS grid_package_2 JOIN grid AS grid_3 ON grid_3.id = grid_package_2.grid_id 
WHERE grid_package_2.package_id = package_1.id AND grid_3.id = coalesce((SELECT grid_4.id 
FROM grid AS grid_4 
WHERE grid_4.slug_folded = $2::VARCHAR), (SELECT alias_3.node_id 
FROM alias AS alias_3 
WHERE alias_3.node_type = 'GRID' AND alias_3.kind = 'SLUG' AND alias_3.name = CAST($2::VARCHAR AS TEXT)))) ORDER BY feature_2.position, feature_2.id) AS anon_3) || ',"nowhere":' || (SELECT '[' || coalesce(string_agg(anon_5.anon_4, ','), '') || ']' AS json_5 
FROM (SELECT CASE WHEN (cell_3.text IS NULL) THEN '{"text":""}' ELSE '{"text":' || to_json(cell_3.text)::text || '}' END AS anon_4 
FROM feature AS feature_3 LEFT OUTER JOIN cell AS cell_3 ON cell_3.feature_id = feature_3.id AND cell_3.package_id = package_1.id 
WHERE feature_3.grid_id = (SELECT grid_package_3.grid_id 
FROM grid_package AS grid_package_3 JOIN grid AS grid_5 ON grid_5.id = grid_package_3.grid_id 
WHERE grid_package_3.package_id = package_1.id AND grid_5.id = coalesce((SELECT grid_6.id 
FROM grid AS grid_6 
WHERE grid_6.slug_folded = $3::VARCHAR), (SELECT alias_4.node_id 
FROM alias AS alias_4 
WHERE alias_4.node_type = 'GRID' AND alias_4.kind = 'SLUG' AND alias_4.name = CAST($3::VARCHAR AS TEXT)))) ORDER BY feature_3.position, feature_3.id) AS anon_5) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = $4::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($4::VARCHAR AS TEXT)))) AS root_0;
