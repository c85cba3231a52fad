-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (max(rank) > $1::BIGINT) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.title_folded AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.title_folded ASC, category_1.id ASC) AS rank 
FROM category AS category_1 
WHERE category_1.show_pypi IS true AND (category_1.slug_folded LIKE $2::VARCHAR ESCAPE '\') IS NOT true ORDER BY category_1.title_folded ASC, category_1.id ASC 
 LIMIT $1::BIGINT + $3::BIGINT) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
