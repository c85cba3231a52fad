-- statements: 1
SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE true) AS TEXT), 'null') || '}' AS "and", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE false) AS TEXT), 'null') || '}' AS "or", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE (package_5.slug = ANY ($1::TEXT[]))) AS TEXT), 'null') || '}' AS "in", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_4 
FROM package AS package_7 
WHERE true IS NOT true) AS TEXT), 'null') || '}' AS "not", '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_5 
FROM package AS package_9 
WHERE true) AS TEXT), 'null') || '}' AS "all";
