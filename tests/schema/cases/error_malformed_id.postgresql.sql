-- statements: 1
SELECT (SELECT '{"title":' || to_json(package_1.title)::text || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.slug_folded = $1::VARCHAR) AS root_0;
