-- statements: 1
SELECT (SELECT '{"packages":{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id)) || ',"facets":{"repoHosts":' || (SELECT '[' || coalesce(group_concat(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"count":' || json_quote(anon_2.count) || ',"value":' || json_quote(anon_2.value) || '}' AS json_3 
FROM (SELECT package_1.repo_host AS value, count(*) AS count 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id AND package_1.repo_host IS NOT NULL GROUP BY package_1.repo_host) AS anon_2 ORDER BY anon_2.count DESC, anon_2.value) AS anon_1) || ',"licenses":' || (SELECT '[' || coalesce(group_concat(anon_3.json_5, ','), '') || ']' AS json_4 
FROM (SELECT '{"value":' || json_quote(anon_4.value) || '}' AS json_5 
FROM (SELECT anon_5.value AS value, count(*) AS count 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id JOIN json_each(package_1.licenses) AS anon_5 ON 1 = 1 
WHERE grid_package_1.grid_id = grid_1.id GROUP BY anon_5.value) AS anon_4 ORDER BY anon_4.count DESC, anon_4.value) AS anon_3) || '}}}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.slug_folded = ?) AS root_0;
