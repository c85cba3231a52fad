-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE package_1.slug = ? AND package_1.slug_folded = ?) AS TEXT), 'null') || '}' AS json_1) AS root_0, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE (package_3.pypi_name = ?) IS NOT 1) AS TEXT), 'null') || '}' AS json_2) AS root_1, (WITH page_3 AS 
(SELECT package_5.title_folded AS key_0, package_5.id AS key_1 
FROM package AS package_5 
WHERE (package_5.title IN (SELECT value FROM json_each(?))) AND (package_5.title_folded IN (SELECT value FROM json_each(?))) ORDER BY package_5.title_folded ASC, package_5.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_3 
FROM (SELECT '{"title":' || json_quote(package_6.title) || '}' AS element_1 
FROM page_3 LEFT OUTER JOIN package AS package_6 ON package_6.id = page_3.key_1) AS anon_1) AS root_2, (WITH page_4 AS 
(SELECT package_7.title_folded AS key_0, package_7.id AS key_1 
FROM package AS package_7 
WHERE package_7.repo_description_folded LIKE ? ESCAPE '\' ORDER BY package_7.title_folded ASC, package_7.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"slug":' || json_quote(package_8.slug) || '}' AS element_1 
FROM page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1) AS anon_2) AS root_3, (WITH page_5 AS 
(SELECT package_9.title_folded AS key_0, package_9.id AS key_1 
FROM package AS package_9 
WHERE package_9.title_folded LIKE ? ESCAPE '\' ORDER BY package_9.title_folded ASC, package_9.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_5 
FROM (SELECT '{"title":' || json_quote(package_10.title) || '}' AS element_1 
FROM page_5 LEFT OUTER JOIN package AS package_10 ON package_10.id = page_5.key_1) AS anon_3) AS root_4, (WITH page_6 AS 
(SELECT package_11.title_folded AS key_0, package_11.id AS key_1 
FROM package AS package_11 
WHERE package_11.documentation_url_folded LIKE ? ESCAPE '\' ORDER BY package_11.title_folded ASC, package_11.id ASC
 LIMIT 2 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_3 
FROM package AS package_11 
WHERE package_11.documentation_url_folded LIKE ? ESCAPE '\') AS TEXT), 'null') || ',"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_6 
FROM (SELECT '{"documentationUrl":' || json_quote(package_12.documentation_url) || '}' AS element_1 
FROM page_6 LEFT OUTER JOIN package AS package_12 ON package_12.id = page_6.key_1) AS anon_4) AS root_5, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_4 
FROM package AS package_13 
WHERE package_13.documentation_url IS NULL) AS TEXT), 'null') || '}' AS json_7) AS root_6;
