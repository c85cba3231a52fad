-- statements: 1
SELECT (SELECT '{"id":"Category:' || category_1.id || '","databaseId":' || CAST(category_1.database_id AS TEXT) || ',"revision":' || CAST(category_1.revision AS TEXT) || ',"title":' || to_json(category_1.title)::text || ',"slug":' || to_json(category_1.slug)::text || ',"description":' || to_json(category_1.description)::text || ',"titlePlural":' || to_json(category_1.title_plural)::text || ',"showPypi":' || CASE WHEN category_1.show_pypi THEN 'true' WHEN NOT category_1.show_pypi THEN 'false' ELSE 'null' END || ',"created":"' || to_char(category_1.created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","modified":"' || to_char(category_1.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '","packages":' || (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE category_1.id = package_1.category_id) AS TEXT), 'null') || '}' AS json_2) || '}' AS json_1 
FROM category AS category_1 
WHERE category_1.id = coalesce((SELECT category_2.id 
FROM category AS category_2 
WHERE category_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'CATEGORY' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0;
