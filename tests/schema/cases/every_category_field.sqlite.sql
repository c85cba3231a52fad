-- statements: 1
SELECT (SELECT '{"id":"Category:' || category_1.id || '","databaseId":' || CAST(category_1.database_id AS TEXT) || ',"revision":' || CAST(category_1.revision AS TEXT) || ',"title":' || json_quote(category_1.title) || ',"slug":' || json_quote(category_1.slug) || ',"description":' || json_quote(category_1.description) || ',"titlePlural":' || json_quote(category_1.title_plural) || ',"showPypi":' || CASE WHEN category_1.show_pypi THEN 'true' WHEN category_1.show_pypi = 0 THEN 'false' ELSE 'null' END || ',"created":"' || category_1.created || '","modified":"' || category_1.modified || '","packages":' || (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE category_1.id = package_1.category_id) AS TEXT), 'null') || '}' AS json_2) || '}' AS json_1 
FROM category AS category_1 
WHERE category_1.id = coalesce((SELECT category_2.id 
FROM category AS category_2 
WHERE category_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'CATEGORY' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
