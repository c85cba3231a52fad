-- statements: 1
SELECT (SELECT '{"packages":' || (WITH found_1 AS MATERIALIZED 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1, package_1.repo_host AS repo_host, package_1.licenses AS licenses 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM found_1) AS TEXT), 'null') || ',"facets":{"repoHosts":' || (SELECT '[' || coalesce(string_agg(anon_1.json_4, ','), '') || ']' AS json_3 
FROM (SELECT '{"count":' || coalesce(CAST(anon_2.count AS TEXT), 'null') || ',"value":' || coalesce(to_json(anon_2.value)::text, 'null') || '}' AS json_4 
FROM (SELECT found_1.repo_host AS value, count(*) AS count 
FROM found_1 
WHERE found_1.repo_host IS NOT NULL GROUP BY found_1.repo_host) AS anon_2 ORDER BY anon_2.count DESC, ((anon_2.value) COLLATE "C")) AS anon_1) || ',"licenses":' || (SELECT '[' || coalesce(string_agg(anon_3.json_6, ','), '') || ']' AS json_5 
FROM (SELECT '{"value":' || coalesce(to_json(anon_4.value)::text, 'null') || '}' AS json_6 
FROM (SELECT anon_5.value AS value, count(*) AS count 
FROM found_1 JOIN json_array_elements_text(found_1.licenses) AS anon_5 ON true GROUP BY anon_5.value) AS anon_4 ORDER BY anon_4.count DESC, ((anon_4.value) COLLATE "C")) AS anon_3) || '}}' AS json_2) || '}' AS json_1 
FROM grid AS grid_1 
WHERE grid_1.id = coalesce((SELECT grid_2.id 
FROM grid AS grid_2 
WHERE grid_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'GRID' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0;
