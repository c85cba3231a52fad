-- statements: 1
SELECT (WITH page_1 AS 
(SELECT category_1.title_folded AS key_0, category_1.id AS key_1 
FROM category AS category_1 ORDER BY category_1.title_folded ASC, category_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(category_2.slug) || ',"packages":' || (SELECT '{"facets":{"repoHosts":' || (SELECT '[' || coalesce(group_concat(anon_2.json_4, ','), '') || ']' AS json_3 
FROM (SELECT '{"value":' || json_quote(anon_3.value) || ',"count":' || coalesce(CAST(anon_3.count AS TEXT), 'null') || '}' AS json_4 
FROM (SELECT package_1.repo_host AS value, count(*) AS count 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id AND package_1.repo_host IS NOT NULL GROUP BY package_1.repo_host) AS anon_3 ORDER BY anon_3.count DESC, anon_3.value) AS anon_2) || '}}' AS json_2) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1) AS anon_1) AS root_0;
