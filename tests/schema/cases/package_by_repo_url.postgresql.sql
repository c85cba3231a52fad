-- statements: 1
SELECT (SELECT '{"slug":' || to_json(package_1.slug)::text || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.repo_key = $1::VARCHAR) AS root_0, (SELECT '{"slug":' || to_json(package_2.slug)::text || '}' AS json_2 
FROM package AS package_2 
WHERE package_2.repo_key = $2::VARCHAR) AS root_1;
