-- statements: 1
SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1) AS TEXT), 'null') || '}' AS packages;
