-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(grid_2.slug) || ',"packages":' || (SELECT '{"edges":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"pageInfo":{"hasPreviousPage":' || CASE WHEN (max(rank) > ?) THEN 'true' ELSE 'false' END || '}}' AS json_2 
FROM (SELECT '{"cursor":' || json_quote('["Grid.packages TITLE ASC",' || json_quote(page_2.key_0) || ',' || CAST(page_2.key_1 AS TEXT) || ']') || ',"node":{"slug":' || json_quote(package_2.slug) || '}}' AS value_0, page_2.rank AS rank 
FROM (SELECT package_1.title_folded AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.title_folded DESC, package_1.id DESC) AS rank 
FROM grid_package AS grid_package_1 JOIN package AS package_1 ON package_1.id = grid_package_1.package_id 
WHERE grid_package_1.grid_id = grid_2.id AND package_1.repo_watchers IS NOT NULL ORDER BY package_1.title_folded DESC, package_1.id DESC
 LIMIT ? + ? OFFSET ?) AS page_2 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_2.key_1 AND page_2.rank <= ? ORDER BY page_2.rank DESC) AS anon_2) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT grid_1.title_folded AS key_0, grid_1.id AS key_1, row_number() OVER (ORDER BY grid_1.title_folded ASC, grid_1.id ASC) AS rank 
FROM grid AS grid_1 ORDER BY grid_1.title_folded ASC, grid_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN grid AS grid_2 ON grid_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
