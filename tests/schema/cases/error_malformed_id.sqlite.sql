-- statements: 1
SELECT (SELECT '{"title":' || json_quote(package_2.title) || '}' AS json_1 
FROM package AS package_2 
WHERE package_2.slug_folded = ?) AS root_0;
