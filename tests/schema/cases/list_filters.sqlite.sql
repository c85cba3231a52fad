-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE EXISTS (SELECT 1 
FROM json_each(package_1.licenses) AS anon_1 
WHERE anon_1.value = ?)) AS TEXT), 'null') || '}' AS json_1) AS root_0, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE EXISTS (SELECT 1 
FROM json_each(package_3.licenses_folded) AS anon_2 
WHERE anon_2.value LIKE ? ESCAPE '\')) AS TEXT), 'null') || '}' AS json_2) AS root_1, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE NOT (EXISTS (SELECT 1 
FROM json_each(package_5.licenses) AS anon_3))) AS TEXT), 'null') || '}' AS json_3) AS root_2, (WITH page_4 AS 
(SELECT package_7.title_folded AS key_0, package_7.id AS key_1 
FROM package AS package_7 
WHERE EXISTS (SELECT 1 
FROM json_each(package_7.participants_folded) AS anon_4 
WHERE anon_4.value LIKE ? ESCAPE '\') ORDER BY package_7.title_folded ASC, package_7.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"slug":' || json_quote(package_8.slug) || '}' AS element_1 
FROM page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1) AS anon_5) AS root_3;
