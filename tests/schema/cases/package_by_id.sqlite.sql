-- statements: 1
SELECT (SELECT '{"id":"Package:' || package_1.id || '","slug":' || json_quote(package_1.slug) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = ?) AS root_0;
