-- statements: 1
SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM category AS category_1))::text, 'null') || '}' AS root_0;
