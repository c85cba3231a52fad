-- statements: 1
SELECT (WITH page_1 AS 
(SELECT category_1.package_count AS key_0, category_1.id AS key_1 
FROM category AS category_1 ORDER BY category_1.package_count DESC, category_1.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || '],"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM category AS category_1) AS TEXT), 'null') || '}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || ',"packages":' || (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id) AS TEXT), 'null') || '}' AS json_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 ORDER BY page_1.key_0 DESC, page_1.key_1 ASC) AS anon_1) AS root_0;
