-- statements: 1
SELECT (WITH page_1 AS 
(SELECT category_1.title_folded AS key_0, category_1.id AS key_1 
FROM category AS category_1 ORDER BY category_1.title_folded ASC, category_1.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || ',"packages":' || (WITH page_2 AS 
(SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC 
 LIMIT 2 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"grids":' || (SELECT '[' || coalesce(string_agg(anon_3.json_4, ','), '') || ']' AS json_3 
FROM (SELECT '{"slug":' || to_json(grid_1.slug)::text || ',"packages":' || (WITH page_3 AS 
(SELECT package_3.score AS key_0, package_3.id AS key_1 
FROM grid_package AS grid_package_1 JOIN package AS package_3 ON package_3.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id ORDER BY package_3.score DESC, package_3.id ASC 
 LIMIT 2 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_5 
FROM (SELECT '{"slug":' || to_json(package_4.slug)::text || ',"versions":' || (WITH page_4 AS 
(SELECT version_1.sort_key AS key_0, version_1.id AS key_1 
FROM version AS version_1 
WHERE package_4.id = version_1.package_id ORDER BY version_1.sort_key DESC, version_1.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_6 
FROM (SELECT '{"number":' || to_json(version_2.number)::text || ',"package":{"category":{"slug":' || to_json(category_3.slug)::text || '}}}' AS element_1 
FROM page_4 LEFT OUTER JOIN version AS version_2 ON version_2.id = page_4.key_1 LEFT OUTER JOIN package AS package_5 ON version_2.package_id = package_5.id LEFT OUTER JOIN category AS category_3 ON package_5.category_id = category_3.id ORDER BY page_4.key_0 DESC, page_4.key_1 ASC) AS anon_5) || '}' AS element_1 
FROM page_3 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_3.key_1 ORDER BY page_3.key_0 DESC, page_3.key_1 ASC) AS anon_4) || '}' AS json_4 
FROM grid_package AS grid_package_2 JOIN grid AS grid_1 ON grid_package_2.grid_id = grid_1.id 
WHERE package_2.id = grid_package_2.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_3) || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_2.key_1 ORDER BY page_2.key_0 DESC, page_2.key_1 ASC) AS anon_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0;
