-- statements: 1
SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_1)) || '}' AS root_0;
