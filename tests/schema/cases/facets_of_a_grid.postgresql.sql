-- statements: 1
SELECT (SELECT '{"packages":{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id))::text, 'null') || ',"facets":{"repoHosts":' || (SELECT '[' || coalesce(string_agg(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"count":' || coalesce(to_json(anon_2.count)::text, 'null') || ',"value":' || to_json(anon_2.value)::text || '}' AS json_3 
FROM (SELECT package_1.repo_host AS value, count(*) AS count 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id AND package_1.repo_host IS NOT NULL GROUP BY package_1.repo_host) AS anon_2 ORDER BY anon_2.count DESC, ((anon_2.value) COLLATE "C")) AS anon_1) || ',"licenses":' || (SELECT '[' || coalesce(string_agg(anon_3.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"value":' || coalesce(to_json(anon_4.value)::text, 'null') || '}' AS json_5 
FROM (SELECT anon_5.value AS value, count(*) AS count 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id JOIN json_array_elements_text(package_1.licenses) AS anon_5 ON true 
WHERE grid_package_1.grid_id = grid_1.id GROUP BY anon_5.value) AS anon_4 ORDER BY anon_4.count DESC, ((anon_4.value) COLLATE "C")) AS anon_3) || '}}}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.slug_folded = $1::VARCHAR) AS root_0;
