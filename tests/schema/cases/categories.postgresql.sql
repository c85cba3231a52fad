-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || '],"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM category AS category_1))::text, 'null') || '}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || ',"packages":{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_2 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id))::text, 'null') || '}}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.package_count AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.package_count DESC, category_1.id ASC) AS rank 
FROM category AS category_1 ORDER BY category_1.package_count DESC, category_1.id ASC 
 LIMIT $1::BIGINT + $2::BIGINT) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
