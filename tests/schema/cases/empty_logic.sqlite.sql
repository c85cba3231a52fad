-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE 1 = 1) AS TEXT), 'null') || '}' AS json_1) AS root_0, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE 0 = 1) AS TEXT), 'null') || '}' AS json_2) AS root_1, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE (package_5.slug IN (SELECT value FROM json_each(?)))) AS TEXT), 'null') || '}' AS json_3) AS root_2, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_4 
FROM package AS package_7 
WHERE 1 = 1 IS NOT 1) AS TEXT), 'null') || '}' AS json_4) AS root_3, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_5 
FROM package AS package_9 
WHERE 1 = 1) AS TEXT), 'null') || '}' AS json_5) AS root_4;
