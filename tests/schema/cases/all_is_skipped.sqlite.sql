-- statements: 1
SELECT (SELECT '{}' AS anon_1 
FROM package AS package_1 
WHERE package_1.slug_folded = ?) AS root_0, (SELECT '{}' AS anon_2) AS root_1;
