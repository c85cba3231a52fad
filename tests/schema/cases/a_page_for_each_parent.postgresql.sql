-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || ',"packages":' || (SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id))::text, 'null') || ',"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $2::BIGINT), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (max(rank) > $2::BIGINT) THEN 'true' ELSE 'false' END || ',"endCursor":' || coalesce(to_json(max(CASE WHEN (rank <= $2::BIGINT AND (rank = $2::BIGINT OR rank = row_count)) THEN value_2 END))::text, 'null') || '}}' AS json_2 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"score":' || CAST(package_2.score AS TEXT) || '}' AS value_0, page_2.rank AS rank, '["Category.packages SCORE DESC",' || CAST(page_2.key_0 AS TEXT) || ',' || CAST(page_2.key_1 AS TEXT) || ']' AS value_2, count(*) OVER () AS row_count 
FROM (SELECT package_1.score AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.score DESC, package_1.id ASC) AS rank 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id ORDER BY package_1.score DESC, package_1.id ASC 
 LIMIT $2::BIGINT + $3::BIGINT) AS page_2 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_2.key_1 AND page_2.rank <= $2::BIGINT ORDER BY page_2.rank ASC) AS anon_2) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.title_folded AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.title_folded ASC, category_1.id ASC) AS rank 
FROM category AS category_1 ORDER BY category_1.title_folded ASC, category_1.id ASC 
 LIMIT $1::BIGINT + $4::BIGINT) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
