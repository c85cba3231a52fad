-- statements: 1
SELECT (WITH found_1 AS MATERIALIZED 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1, package_1.category_id AS category_id, package_1.licenses AS licenses, package_1.repo_host AS repo_host, package_1.development_status AS development_status 
FROM package AS package_1 
WHERE EXISTS (SELECT 1 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_1.id = grid_package_1.package_id AND grid_1.slug = $1::VARCHAR AND grid_1.slug_folded = $2::VARCHAR))
 SELECT '{"facets":{"categories":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"category":{"slug":' || to_json(category_1.slug)::text || '},"count":' || coalesce(CAST(anon_2.count AS TEXT), 'null') || '}' AS json_3 
FROM (SELECT found_1.category_id AS category_id, count(*) AS count 
FROM found_1 GROUP BY found_1.category_id) AS anon_2 JOIN category AS category_1 ON category_1.id = anon_2.category_id ORDER BY anon_2.count DESC, category_1.title_folded, category_1.id) AS anon_1) || ',"licenses":' || (SELECT '[' || coalesce(string_agg(anon_3.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"value":' || coalesce(to_json(anon_4.value)::text, 'null') || ',"count":' || coalesce(CAST(anon_4.count AS TEXT), 'null') || '}' AS json_5 
FROM (SELECT anon_5.value AS value, count(*) AS count 
FROM found_1 JOIN json_array_elements_text(found_1.licenses) AS anon_5 ON true GROUP BY anon_5.value) AS anon_4 ORDER BY anon_4.count DESC, ((anon_4.value) COLLATE "C")) AS anon_3) || ',"repoHosts":' || (SELECT '[' || coalesce(string_agg(anon_6.json_7, ','), '') || ']' AS json_6 
FROM (SELECT '{"value":' || coalesce(to_json(anon_7.value)::text, 'null') || ',"count":' || coalesce(CAST(anon_7.count AS TEXT), 'null') || '}' AS json_7 
FROM (SELECT found_1.repo_host AS value, count(*) AS count 
FROM found_1 
WHERE found_1.repo_host IS NOT NULL GROUP BY found_1.repo_host) AS anon_7 ORDER BY anon_7.count DESC, ((anon_7.value) COLLATE "C")) AS anon_6) || ',"developmentStatuses":' || (SELECT '[' || coalesce(string_agg(anon_8.json_9, ','), '') || ']' AS json_8 
FROM (SELECT '{"value":' || coalesce(to_json(anon_9.value)::text, 'null') || ',"count":' || coalesce(CAST(anon_9.count AS TEXT), 'null') || '}' AS json_9 
FROM (SELECT found_1.development_status AS value, count(*) AS count 
FROM found_1 
WHERE found_1.development_status IS NOT NULL GROUP BY found_1.development_status) AS anon_9 ORDER BY anon_9.count DESC, ((anon_9.value) COLLATE "C")) AS anon_8) || '}}' AS json_1) AS root_0;
