-- statements: 1
SELECT (SELECT '{"id":"Package:' || package_1.id || '","slug":' || to_json(package_1.slug)::text || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = $1::BIGINT) AS root_0;
