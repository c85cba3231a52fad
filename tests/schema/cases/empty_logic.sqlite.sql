-- statements: 1
SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE 1 = 1) AS TEXT), 'null') || '}' AS "and", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE 0 = 1) AS TEXT), 'null') || '}' AS "or", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE (package_5.slug IN (SELECT value FROM json_each(?))) = 1) AS TEXT), 'null') || '}' AS "in", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_4 
FROM package AS package_7 
WHERE 1 = 1 IS NOT 1) AS TEXT), 'null') || '}' AS "not", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_5 
FROM package AS package_9 
WHERE 1 = 1) AS TEXT), 'null') || '}' AS "all";
