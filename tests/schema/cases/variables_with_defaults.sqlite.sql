-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE package_1.title_folded LIKE ? ESCAPE '\')) || '}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT package_1.slug_folded AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.slug_folded DESC, package_1.id ASC) AS rank 
FROM package AS package_1 
WHERE package_1.title_folded LIKE ? ESCAPE '\' ORDER BY package_1.slug_folded DESC, package_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
