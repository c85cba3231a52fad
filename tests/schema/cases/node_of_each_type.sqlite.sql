-- statements: 1
SELECT coalesce((SELECT '{"id":"Package:' || package_1.id || '","__typename":"Package","slug":' || json_quote(package_1.slug) || ',"category":{"slug":' || json_quote(category_1.slug) || '}}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.id = ?), (SELECT '{"id":"Category:' || category_2.id || '","__typename":"Category"}' AS json_2 
FROM category AS category_2 
WHERE category_2.id = ?), (SELECT '{"id":"Grid:' || grid_1.id || '","__typename":"Grid"}' AS json_3 
FROM grid AS grid_1 
WHERE grid_1.id = ?), (SELECT '{"id":"Feature:' || feature_1.id || '","__typename":"Feature"}' AS json_4 
FROM feature AS feature_1 
WHERE feature_1.id = ?), (SELECT '{"id":"Version:' || version_1.id || '","__typename":"Version"}' AS json_5 
FROM version AS version_1 
WHERE version_1.id = ?), (SELECT '{"id":"Change:' || change_1.id || '","__typename":"Change"}' AS json_6 
FROM change AS change_1 
WHERE change_1.id = ?), 'null') AS root_0, coalesce((SELECT '{"id":"Package:' || package_2.id || '"}' AS json_7 
FROM package AS package_2 
WHERE package_2.id = ?), (SELECT '{"id":"Category:' || category_3.id || '","slug":' || json_quote(category_3.slug) || ',"titlePlural":' || json_quote(category_3.title_plural) || '}' AS json_8 
FROM category AS category_3 
WHERE category_3.id = ?), (SELECT '{"id":"Grid:' || grid_2.id || '"}' AS json_9 
FROM grid AS grid_2 
WHERE grid_2.id = ?), (SELECT '{"id":"Feature:' || feature_2.id || '"}' AS json_10 
FROM feature AS feature_2 
WHERE feature_2.id = ?), (SELECT '{"id":"Version:' || version_2.id || '"}' AS json_11 
FROM version AS version_2 
WHERE version_2.id = ?), (SELECT '{"id":"Change:' || change_2.id || '"}' AS json_12 
FROM change AS change_2 
WHERE change_2.id = ?), 'null') AS root_1, coalesce((SELECT '{"id":"Package:' || package_3.id || '"}' AS json_13 
FROM package AS package_3 
WHERE package_3.id = ?), (SELECT '{"id":"Category:' || category_4.id || '"}' AS json_14 
FROM category AS category_4 
WHERE category_4.id = ?), (SELECT '{"id":"Grid:' || grid_3.id || '","slug":' || json_quote(grid_3.slug) || ',"features":' || (SELECT '[' || coalesce(group_concat(anon_1.json_17, ','), '') || ']' AS json_16 
FROM (SELECT '{"title":' || json_quote(feature_3.title) || '}' AS json_17 
FROM feature AS feature_3 
WHERE grid_3.id = feature_3.grid_id ORDER BY feature_3.position, feature_3.id) AS anon_1) || '}' AS json_15 
FROM grid AS grid_3 
WHERE grid_3.id = ?), (SELECT '{"id":"Feature:' || feature_4.id || '"}' AS json_18 
FROM feature AS feature_4 
WHERE feature_4.id = ?), (SELECT '{"id":"Version:' || version_3.id || '"}' AS json_19 
FROM version AS version_3 
WHERE version_3.id = ?), (SELECT '{"id":"Change:' || change_3.id || '"}' AS json_20 
FROM change AS change_3 
WHERE change_3.id = ?), 'null') AS root_2, coalesce((SELECT '{"id":"Package:' || package_4.id || '"}' AS json_21 
FROM package AS package_4 
WHERE package_4.id = ?), (SELECT '{"id":"Category:' || category_5.id || '"}' AS json_22 
FROM category AS category_5 
WHERE category_5.id = ?), (SELECT '{"id":"Grid:' || grid_4.id || '"}' AS json_23 
FROM grid AS grid_4 
WHERE grid_4.id = ?), (SELECT '{"id":"Feature:' || feature_5.id || '","title":' || json_quote(feature_5.title) || ',"grid":{"slug":' || json_quote(grid_5.slug) || '}}' AS json_24 
FROM feature AS feature_5 LEFT OUTER JOIN grid AS grid_5 ON feature_5.grid_id = grid_5.id 
WHERE feature_5.id = ?), (SELECT '{"id":"Version:' || version_4.id || '"}' AS json_25 
FROM version AS version_4 
WHERE version_4.id = ?), (SELECT '{"id":"Change:' || change_4.id || '"}' AS json_26 
FROM change AS change_4 
WHERE change_4.id = ?), 'null') AS root_3, coalesce((SELECT '{"id":"Package:' || package_5.id || '"}' AS json_27 
FROM package AS package_5 
WHERE package_5.id = ?), (SELECT '{"id":"Category:' || category_6.id || '"}' AS json_28 
FROM category AS category_6 
WHERE category_6.id = ?), (SELECT '{"id":"Grid:' || grid_6.id || '"}' AS json_29 
FROM grid AS grid_6 
WHERE grid_6.id = ?), (SELECT '{"id":"Feature:' || feature_6.id || '"}' AS json_30 
FROM feature AS feature_6 
WHERE feature_6.id = ?), (SELECT '{"id":"Version:' || version_5.id || '","number":' || json_quote(version_5.number) || ',"isPrerelease":' || CASE WHEN version_5.is_prerelease THEN 'true' WHEN version_5.is_prerelease = 0 THEN 'false' ELSE 'null' END || ',"package":{"slug":' || json_quote(package_6.slug) || '}}' AS json_31 
FROM version AS version_5 LEFT OUTER JOIN package AS package_6 ON version_5.package_id = package_6.id 
WHERE version_5.id = ?), (SELECT '{"id":"Change:' || change_5.id || '"}' AS json_32 
FROM change AS change_5 
WHERE change_5.id = ?), 'null') AS root_4;
