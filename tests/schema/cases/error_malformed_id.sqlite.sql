-- statements: 1
SELECT (SELECT '{"title":' || json_quote(package_1.title) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.slug_folded = ?) AS root_0;
