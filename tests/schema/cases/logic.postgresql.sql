-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE (package_1.title_folded LIKE $1::VARCHAR ESCAPE '\' OR package_1.repo_watchers > $2::BIGINT AND (EXISTS (SELECT 1 
FROM json_array_elements_text(package_1.licenses) AS anon_1 
WHERE anon_1.value = $3::VARCHAR)) IS NOT true) AND (package_1.category_id = (SELECT category_1.id 
FROM category AS category_1 
WHERE category_1.slug = $4::VARCHAR AND category_1.slug_folded = $5::VARCHAR)) IS NOT true ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"repoWatchers":' || coalesce(CAST(package_2.repo_watchers AS TEXT), 'null') || ',"licenses":' || CAST(package_2.licenses AS TEXT) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_2) AS root_0;
