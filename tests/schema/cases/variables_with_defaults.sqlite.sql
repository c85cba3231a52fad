-- statements: 1
SELECT (WITH found_1 AS MATERIALIZED 
(SELECT package_1.slug_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE package_1.title_folded LIKE ? ESCAPE '\'), 
page_1 AS 
(SELECT found_1.key_0 AS key_0, found_1.key_1 AS key_1 
FROM found_1 ORDER BY found_1.key_0 DESC, found_1.key_1 ASC
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || '],"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM found_1) AS TEXT), 'null') || '}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) AS root_0;
