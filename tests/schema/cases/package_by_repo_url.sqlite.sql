-- statements: 1
SELECT (SELECT '{"slug":' || json_quote(package_1.slug) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.repo_key = ?) AS root_0, (SELECT '{"slug":' || json_quote(package_2.slug) || '}' AS json_2 
FROM package AS package_2 
WHERE package_2.repo_key = ?) AS root_1;
