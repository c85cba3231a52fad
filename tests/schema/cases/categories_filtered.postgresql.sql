-- statements: 1
SELECT (WITH page_1 AS 
(SELECT category_1.title_folded AS key_0, category_1.id AS key_1 
FROM category AS category_1 
WHERE category_1.show_pypi IS true AND (category_1.slug_folded LIKE $1::VARCHAR ESCAPE '\') IS NOT true ORDER BY category_1.title_folded ASC, category_1.id ASC 
 LIMIT 2 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 1) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || '}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC 
 LIMIT 1 OFFSET 0) AS rows_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = rows_1.key_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 ASC) AS anon_1) AS root_0;
