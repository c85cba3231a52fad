-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1) AS TEXT), 'null') || '}' AS json_1) AS root_0;
