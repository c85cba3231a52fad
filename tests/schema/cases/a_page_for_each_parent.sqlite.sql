-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(category_2.slug) || ',"packages":' || (SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id)) || ',"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (max(rank) > ?) THEN 'true' ELSE 'false' END || ',"endCursor":' || coalesce(json_quote(max(CASE WHEN (rank <= ? AND (rank = ? OR rank = row_count)) THEN value_2 END)), 'null') || '}}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"score":' || CAST(package_2.score AS TEXT) || '}' AS value_0, page_2.rank AS rank, '["Category.packages SCORE DESC",' || CAST(page_2.key_0 AS TEXT) || ',' || CAST(page_2.key_1 AS TEXT) || ']' AS value_2, count(*) OVER () AS row_count 
FROM (SELECT package_1.score AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.score DESC, package_1.id ASC) AS rank 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id ORDER BY package_1.score DESC, package_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_2 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_2.key_1 AND page_2.rank <= ? ORDER BY page_2.rank ASC) AS anon_2) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.title_folded AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.title_folded ASC, category_1.id ASC) AS rank 
FROM category AS category_1 ORDER BY category_1.title_folded ASC, category_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
