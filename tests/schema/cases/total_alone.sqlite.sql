-- statements: 1
SELECT (SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_1)) || '}' AS json_1) AS root_0;
