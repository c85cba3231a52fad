-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE package_1.title_folded LIKE $1::VARCHAR ESCAPE '\') AS TEXT), 'null') || '}' AS json_1) AS root_0, (WITH page_2 AS 
(SELECT package_3.title_folded AS key_0, package_3.id AS key_1 
FROM package AS package_3 
WHERE package_3.title_folded LIKE $2::VARCHAR ESCAPE '\' ORDER BY package_3.title_folded ASC, package_3.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE package_3.title_folded LIKE $2::VARCHAR ESCAPE '\') AS TEXT), 'null') || ',"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"title":' || to_json(package_4.title)::text || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 ORDER BY page_2.key_0 ASC, page_2.key_1 ASC) AS anon_1) AS root_1, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE package_5.title_folded LIKE $3::VARCHAR ESCAPE '\') AS TEXT), 'null') || '}' AS json_3) AS root_2, (WITH page_4 AS 
(SELECT package_7.title_folded AS key_0, package_7.id AS key_1 
FROM package AS package_7 
WHERE package_7.repo_description_folded LIKE $4::VARCHAR ESCAPE '\' ORDER BY package_7.title_folded ASC, package_7.id ASC 
 LIMIT 2 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_4 
FROM package AS package_7 
WHERE package_7.repo_description_folded LIKE $4::VARCHAR ESCAPE '\') AS TEXT), 'null') || ',"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"slug":' || to_json(package_8.slug)::text || '}' AS element_1 
FROM page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1 ORDER BY page_4.key_0 ASC, page_4.key_1 ASC) AS anon_2) AS root_3;
