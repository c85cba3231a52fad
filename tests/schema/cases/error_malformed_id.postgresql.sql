-- statements: 1
SELECT (SELECT '{"title":' || to_json(package_2.title)::text || '}' AS json_1 
FROM package AS package_2 
WHERE package_2.slug_folded = $1::VARCHAR) AS root_0;
