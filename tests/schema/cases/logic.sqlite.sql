-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE (package_1.title_folded LIKE ? ESCAPE '\' OR package_1.repo_watchers > ? AND (EXISTS (SELECT 1 
FROM json_each(package_1.licenses) AS anon_1 
WHERE anon_1.value = ?)) IS NOT 1) AND (package_1.category_id = (SELECT category_1.id 
FROM category AS category_1 
WHERE category_1.slug = ? AND category_1.slug_folded = ?)) IS NOT 1 ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"repoWatchers":' || coalesce(CAST(package_2.repo_watchers AS TEXT), 'null') || ',"licenses":' || CAST(package_2.licenses AS TEXT) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_2) AS root_0;
