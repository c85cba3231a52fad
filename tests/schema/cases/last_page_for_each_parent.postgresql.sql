-- statements: 1
SELECT (WITH page_1 AS 
(SELECT grid_1.title_folded AS key_0, grid_1.id AS key_1 
FROM grid AS grid_1 ORDER BY grid_1.title_folded ASC, grid_1.id ASC 
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(grid_2.slug)::text || ',"packages":' || (WITH page_2 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_2.id AND package_1.repo_watchers IS NOT NULL ORDER BY package_1.title_folded DESC, package_1.id DESC 
 LIMIT 2 OFFSET 0)
 SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasPreviousPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_2) > 1) THEN 'true' ELSE 'false' END || '}}' AS json_2 
FROM (SELECT '{"cursor":' || to_json('["Grid.packages TITLE ASC",' || to_json(rows_1.key_0)::text || ',' || CAST(rows_1.key_1 AS TEXT) || ']')::text || ',"node":{"slug":' || to_json(package_2.slug)::text || '}}' AS element_1 
FROM (SELECT page_2.key_0 AS key_0, page_2.key_1 AS key_1 
FROM page_2 ORDER BY page_2.key_0 DESC, page_2.key_1 DESC 
 LIMIT 1 OFFSET 0) AS rows_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = rows_1.key_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 ASC) AS anon_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN grid AS grid_2 ON grid_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0;
