-- statements: 1
SELECT (WITH page_1 AS 
(SELECT coalesce(package_1.last_updated, '9999-12-31T00:00:00.000000+00:00') AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY coalesce(package_1.last_updated, '9999-12-31T00:00:00.000000+00:00') DESC, package_1.id DESC
 LIMIT 2 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"lastUpdated":' || coalesce('"' || package_2.last_updated || '"', 'null') || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0, (WITH page_2 AS 
(SELECT coalesce(package_3.last_updated, '0001-01-02T00:00:00.000000+00:00') AS key_0, package_3.id AS key_1 
FROM package AS package_3 ORDER BY coalesce(package_3.last_updated, '0001-01-02T00:00:00.000000+00:00') ASC, package_3.id DESC
 LIMIT 2 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_4.slug) || ',"lastUpdated":' || coalesce('"' || package_4.last_updated || '"', 'null') || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 ORDER BY page_2.key_0 DESC, page_2.key_1 ASC) AS anon_2) AS root_1;
