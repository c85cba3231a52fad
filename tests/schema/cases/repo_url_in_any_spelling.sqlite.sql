-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE package_1.repo_key = ? ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) AS root_0, (WITH page_2 AS 
(SELECT package_3.title_folded AS key_0, package_3.id AS key_1 
FROM package AS package_3 
WHERE (package_3.repo_key IN (SELECT value FROM json_each(?))) ORDER BY package_3.title_folded ASC, package_3.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_4.slug) || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1) AS anon_2) AS root_1, (WITH page_3 AS 
(SELECT package_5.title_folded AS key_0, package_5.id AS key_1 
FROM package AS package_5 
WHERE package_5.repo_url_folded LIKE ? ESCAPE '\' ORDER BY package_5.title_folded ASC, package_5.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_3 
FROM (SELECT '{"slug":' || json_quote(package_6.slug) || '}' AS element_1 
FROM page_3 LEFT OUTER JOIN package AS package_6 ON package_6.id = page_3.key_1) AS anon_3) AS root_2;
