-- statements: 1
SELECT (SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM category AS category_1)) || '}' AS json_1) AS root_0;
