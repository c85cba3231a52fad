-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE (EXISTS (SELECT 1 
FROM category AS category_1 
WHERE package_1.category_id = category_1.id AND (category_1.title = $1::VARCHAR AND category_1.title_folded = $2::VARCHAR OR category_1.show_pypi IS false))) AND (EXISTS (SELECT 1 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id AND grid_1.package_count > $3::BIGINT)) ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0, (WITH page_2 AS 
(SELECT grid_2.title_folded AS key_0, grid_2.id AS key_1 
FROM grid AS grid_2 
WHERE EXISTS (SELECT 1 
FROM grid_package AS grid_package_2 JOIN package AS package_3 ON grid_package_2.package_id = package_3.id 
WHERE grid_2.id = grid_package_2.grid_id AND package_3.slug = $4::VARCHAR AND package_3.slug_folded = $5::VARCHAR AND package_3.category_id = (SELECT category_2.id 
FROM category AS category_2 
WHERE category_2.slug = $6::VARCHAR AND category_2.slug_folded = $7::VARCHAR)) ORDER BY grid_2.title_folded ASC, grid_2.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || to_json(grid_3.slug)::text || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN grid AS grid_3 ON grid_3.id = page_2.key_1 ORDER BY page_2.key_0 ASC, page_2.key_1 ASC) AS anon_2) AS root_1;
