-- statements: 1
SELECT (SELECT '{"slug":' || to_json(package_1.slug)::text || ',"pypiName":' || coalesce(to_json(package_1.pypi_name)::text, 'null') || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.pypi_name = $1::VARCHAR ORDER BY package_1.deprecated_at IS NOT NULL, package_1.database_id 
 LIMIT $2::INTEGER) AS root_0;
