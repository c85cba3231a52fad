-- statements: 1
SELECT (SELECT '{"slug":' || json_quote(package_1.slug) || ',"pypiName":' || json_quote(package_1.pypi_name) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.pypi_name = ? ORDER BY package_1.deprecated_at IS NOT NULL, package_1.database_id
 LIMIT ? OFFSET ?) AS root_0;
