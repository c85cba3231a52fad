-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(grid_2.slug)::text || ',"packages":' || (SELECT '{"edges":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $2::BIGINT), '') || '],"pageInfo":{"hasPreviousPage":' || CASE WHEN (max(rank) > $2::BIGINT) THEN 'true' ELSE 'false' END || '}}' AS json_2 
FROM (SELECT '{"cursor":' || to_json('["Grid.packages TITLE ASC",' || to_json(page_2.key_0)::text || ',' || CAST(page_2.key_1 AS TEXT) || ']')::text || ',"node":{"slug":' || to_json(package_2.slug)::text || '}}' AS value_0, page_2.rank AS rank 
FROM (SELECT package_1.title_folded AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.title_folded DESC, package_1.id DESC) AS rank 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_2.id AND package_1.repo_watchers IS NOT NULL ORDER BY package_1.title_folded DESC, package_1.id DESC 
 LIMIT $2::BIGINT + $3::BIGINT) AS page_2 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_2.key_1 AND page_2.rank <= $2::BIGINT ORDER BY page_2.rank DESC) AS anon_2) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT grid_1.title_folded AS key_0, grid_1.id AS key_1, row_number() OVER (ORDER BY grid_1.title_folded ASC, grid_1.id ASC) AS rank 
FROM grid AS grid_1 ORDER BY grid_1.title_folded ASC, grid_1.id ASC 
 LIMIT $1::BIGINT + $4::BIGINT) AS page_1 LEFT OUTER JOIN grid AS grid_2 ON grid_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
