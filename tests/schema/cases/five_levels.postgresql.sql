-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || ',"packages":' || (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $2::BIGINT), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"grids":' || (SELECT '[' || coalesce(string_agg(anon_3.json_4, ','), '') || ']' AS json_3 
FROM (SELECT '{"slug":' || to_json(grid_1.slug)::text || ',"packages":' || (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $3::BIGINT), '') || ']}' AS json_5 
FROM (SELECT '{"slug":' || to_json(package_4.slug)::text || ',"versions":' || (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $4::BIGINT), '') || ']}' AS json_6 
FROM (SELECT '{"number":' || to_json(version_2.number)::text || ',"package":{"category":{"slug":' || to_json(category_3.slug)::text || '}}}' AS value_0, page_4.rank AS rank 
FROM (SELECT version_1.sort_key AS key_0, version_1.id AS key_1, row_number() OVER (ORDER BY version_1.sort_key DESC, version_1.id ASC) AS rank 
FROM version AS version_1 
WHERE package_4.id = version_1.package_id ORDER BY version_1.sort_key DESC, version_1.id ASC 
 LIMIT $4::BIGINT + $5::BIGINT) AS page_4 LEFT OUTER JOIN version AS version_2 ON version_2.id = page_4.key_1 AND page_4.rank <= $4::BIGINT LEFT OUTER JOIN package AS package_5 ON version_2.package_id = package_5.id LEFT OUTER JOIN category AS category_3 ON package_5.category_id = category_3.id ORDER BY page_4.rank ASC) AS anon_5) || '}' AS value_0, page_3.rank AS rank 
FROM (SELECT package_3.score AS key_0, package_3.id AS key_1, row_number() OVER (ORDER BY package_3.score DESC, package_3.id ASC) AS rank 
FROM grid_package AS grid_package_1 JOIN package AS package_3 ON package_3.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_1.id ORDER BY package_3.score DESC, package_3.id ASC 
 LIMIT $3::BIGINT + $6::BIGINT) AS page_3 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_3.key_1 AND page_3.rank <= $3::BIGINT ORDER BY page_3.rank ASC) AS anon_4) || '}' AS json_4 
FROM grid_package AS grid_package_2 JOIN grid AS grid_1 ON grid_package_2.grid_id = grid_1.id 
WHERE package_2.id = grid_package_2.package_id ORDER BY grid_1.title_folded, grid_1.id) AS anon_3) || '}' AS value_0, page_2.rank AS rank 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC) AS rank 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC 
 LIMIT $2::BIGINT + $7::BIGINT) AS page_2 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_2.key_1 AND page_2.rank <= $2::BIGINT ORDER BY page_2.rank ASC) AS anon_2) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.title_folded AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.title_folded ASC, category_1.id ASC) AS rank 
FROM category AS category_1 ORDER BY category_1.title_folded ASC, category_1.id ASC 
 LIMIT $1::BIGINT + $8::BIGINT) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
