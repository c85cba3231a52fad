-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"repoForks":' || coalesce(to_json(package_2.repo_forks)::text, 'null') || ',"grids":' || (SELECT '[' || coalesce(string_agg(anon_2.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"slug":' || to_json(grid_1.slug)::text || '}' AS json_3 
FROM grid_package AS grid_package_1 JOIN grid AS grid_1 ON grid_package_1.grid_id = grid_1.id 
WHERE package_2.id = grid_package_1.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_2) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT package_1.grid_count AS key_0, coalesce(package_1.repo_forks, 2147483648) AS key_1, package_1.slug_folded AS key_2, package_1.id AS key_3, row_number() OVER (ORDER BY package_1.grid_count DESC, coalesce(package_1.repo_forks, 2147483648) ASC, package_1.slug_folded DESC, package_1.id ASC) AS rank 
FROM package AS package_1 ORDER BY package_1.grid_count DESC, coalesce(package_1.repo_forks, 2147483648) ASC, package_1.slug_folded DESC, package_1.id ASC 
 LIMIT $1::BIGINT + $2::BIGINT) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_3 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
