-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(grid_2.slug)::text || ',"packages":{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_2.id))::text, 'null') || '}}' AS value_0, page_1.rank AS rank 
FROM (SELECT grid_1.package_count AS key_0, grid_1.slug_folded AS key_1, grid_1.id AS key_2, row_number() OVER (ORDER BY grid_1.package_count DESC, grid_1.slug_folded ASC, grid_1.id ASC) AS rank 
FROM grid AS grid_1 
WHERE grid_1.description_folded LIKE $2::VARCHAR ESCAPE '\' AND grid_1.is_locked IS false AND grid_1.header IS false ORDER BY grid_1.package_count DESC, grid_1.slug_folded ASC, grid_1.id ASC 
 LIMIT $1::BIGINT + $3::BIGINT) AS page_1 LEFT OUTER JOIN grid AS grid_2 ON grid_2.id = page_1.key_2 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
