-- statements: 1
SELECT (WITH page_1 AS 
(SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC
 LIMIT 5 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"repoWatchers":' || coalesce(CAST(package_2.repo_watchers AS TEXT), 'null') || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) AS root_0;
