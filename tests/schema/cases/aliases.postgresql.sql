-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"name":' || to_json(package_2.title)::text || ',"again":' || to_json(package_2.title)::text || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0, (WITH page_2 AS 
(SELECT package_3.title_folded AS key_0, package_3.id AS key_1 
FROM package AS package_3 ORDER BY package_3.title_folded DESC, package_3.id ASC 
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"name":' || to_json(package_4.title)::text || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 ORDER BY page_2.key_0 DESC, page_2.key_1 ASC) AS anon_2) AS root_1;
