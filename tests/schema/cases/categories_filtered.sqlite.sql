-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (max(rank) > ?) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(category_2.slug) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.title_folded AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.title_folded ASC, category_1.id ASC) AS rank 
FROM category AS category_1 
WHERE category_1.show_pypi IS 1 AND (category_1.slug_folded LIKE ? ESCAPE '\') IS NOT 1 ORDER BY category_1.title_folded ASC, category_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
