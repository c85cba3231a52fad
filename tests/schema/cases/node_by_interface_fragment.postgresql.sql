-- statements: 1
SELECT coalesce((SELECT '{"id":"Package:' || package_1.id || '","__typename":"Package"}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = $1::BIGINT), (SELECT '{"id":"Category:' || category_1.id || '","__typename":"Category"}' AS json_2 
FROM category AS category_1 
WHERE category_1.id = $2::BIGINT), (SELECT '{"id":"Grid:' || grid_1.id || '","__typename":"Grid","title":' || to_json(grid_1.title)::text || ',"packages":' || (WITH page_1 AS 
(SELECT package_2.title_folded AS key_0, package_2.id AS key_1 
FROM grid_package AS grid_package_1 JOIN package AS package_2 ON package_2.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id ORDER BY package_2.title_folded ASC, package_2.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"id":"Package:' || package_3.id || '","__typename":"Package"}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_3 ON package_3.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) || '}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = $3::BIGINT), (SELECT '{"id":"Feature:' || feature_1.id || '","__typename":"Feature"}' AS json_5 
FROM feature AS feature_1 
WHERE feature_1.id = $4::BIGINT), (SELECT '{"id":"Version:' || version_1.id || '","__typename":"Version"}' AS json_6 
FROM version AS version_1 
WHERE version_1.id = $5::BIGINT), (SELECT '{"id":"Change:' || change_1.id || '","__typename":"Change"}' AS json_7 
FROM change AS change_1 
WHERE change_1.id = $6::BIGINT), 'null') AS root_0;
