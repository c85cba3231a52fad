-- statements: 1
SELECT (SELECT '[' || coalesce(group_concat(anon_1.coalesce_1, ','), '') || ']' AS json_1 
FROM (SELECT coalesce(CASE WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Package:' || package_1.id || '"}' AS json_2 
FROM package AS package_1 
WHERE package_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_3 
FROM category AS category_1 
WHERE category_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Grid:' || grid_1.id || '"}' AS json_4 
FROM grid AS grid_1 
WHERE grid_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_5 
FROM feature AS feature_1 
WHERE feature_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_6 
FROM version AS version_1 
WHERE version_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Change:' || change_1.id || '"}' AS json_7 
FROM change AS change_1 
WHERE change_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) ELSE 'null' END, 'null') AS coalesce_1 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_2 ORDER BY anon_2.position) AS anon_1) AS root_0, (WITH page_1 AS 
(SELECT package_2.slug_folded AS key_0, package_2.id AS key_1 
FROM package AS package_2 
WHERE (package_2.slug IN (SELECT value FROM json_each(?))) AND (package_2.slug_folded IN (SELECT value FROM json_each(?))) AND (package_2.repo_host IN (SELECT value FROM json_each(?))) ORDER BY package_2.slug_folded ASC, package_2.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_8 
FROM (SELECT '{"slug":' || json_quote(package_3.slug) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_3 ON package_3.id = page_1.key_1) AS anon_3) AS root_1;
