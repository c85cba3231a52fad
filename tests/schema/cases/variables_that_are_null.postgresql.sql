-- statements: 1
SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1) AS TEXT), 'null') || ',"pageInfo":{"hasNextPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || '}}' AS packages;
