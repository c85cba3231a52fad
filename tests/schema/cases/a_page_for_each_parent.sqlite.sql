-- statements: 1
SELECT (WITH page_1 AS 
(SELECT category_1.title_folded AS key_0, category_1.id AS key_1 
FROM category AS category_1 ORDER BY category_1.title_folded ASC, category_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(category_2.slug) || ',"packages":' || (WITH page_2 AS 
(SELECT package_1.score AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id ORDER BY package_1.score DESC, package_1.id ASC
 LIMIT 3 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id) AS TEXT), 'null') || ',"nodes":[' || coalesce(group_concat(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_2 
FROM page_2) > 2) THEN 'true' ELSE 'false' END || ',"endCursor":' || coalesce(json_quote((SELECT '["Category.packages SCORE DESC",' || CAST(anon_2.key_0 AS TEXT) || ',' || CAST(anon_2.key_1 AS TEXT) || ']' AS json_3 
FROM (SELECT rows_1.key_0 AS key_0, rows_1.key_1 AS key_1 
FROM (SELECT page_2.key_0 AS key_0, page_2.key_1 AS key_1 
FROM page_2
 LIMIT 2 OFFSET 0) AS rows_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 DESC
 LIMIT 1 OFFSET 0) AS anon_2)), 'null') || '}}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"score":' || CAST(package_2.score AS TEXT) || '}' AS element_1 
FROM (SELECT page_2.key_0 AS key_0, page_2.key_1 AS key_1 
FROM page_2
 LIMIT 2 OFFSET 0) AS rows_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = rows_1.key_1) AS anon_3) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1) AS anon_1) AS root_0;
