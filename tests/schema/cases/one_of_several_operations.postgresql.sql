-- statements: 1
SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM category AS category_1) AS TEXT), 'null') || '}' AS categories;
