-- statements: 1
SELECT (WITH page_1 AS 
(SELECT grid_1.package_count AS key_0, grid_1.slug_folded AS key_1, grid_1.id AS key_2 
FROM grid AS grid_1 
WHERE grid_1.description_folded LIKE $1::VARCHAR ESCAPE '\' AND grid_1.is_locked IS false AND grid_1.header IS false ORDER BY grid_1.package_count DESC, grid_1.slug_folded ASC, grid_1.id ASC 
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(grid_2.slug)::text || ',"packages":' || (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_2.id) AS TEXT), 'null') || '}' AS json_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN grid AS grid_2 ON grid_2.id = page_1.key_2 ORDER BY page_1.key_0 DESC, page_1.key_1 ASC, page_1.key_2 ASC) AS anon_1) AS root_0;
