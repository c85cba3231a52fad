-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM category AS category_1)) || '}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(category_2.slug) || ',"packages":{"totalCount":' || json_quote((SELECT count(*) AS count_2 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id)) || '}}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.package_count AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.package_count DESC, category_1.id ASC) AS rank 
FROM category AS category_1 ORDER BY category_1.package_count DESC, category_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
