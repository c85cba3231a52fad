-- statements: 1
SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_1)) || ',"pageInfo":{"hasNextPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || '}}' AS root_0;
