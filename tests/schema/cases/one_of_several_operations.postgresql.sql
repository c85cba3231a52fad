-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM category AS category_1) AS TEXT), 'null') || '}' AS json_1) AS root_0;
