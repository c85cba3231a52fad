-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM category AS category_1))::text, 'null') || '}' AS json_1) AS root_0;
