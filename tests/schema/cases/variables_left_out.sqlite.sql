-- statements: 1
SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_1)) || '}' AS root_0, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"title":' || json_quote(package_4.title) || '}' AS value_0, page_2.rank AS rank 
FROM (SELECT package_3.title_folded AS key_0, package_3.id AS key_1, row_number() OVER (ORDER BY package_3.title_folded ASC, package_3.id ASC) AS rank 
FROM package AS package_3 
WHERE package_3.title_folded LIKE ? ESCAPE '\' ORDER BY package_3.title_folded ASC, package_3.id ASC
 LIMIT ? + ? OFFSET ?) AS page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 AND page_2.rank <= ? ORDER BY page_2.rank ASC) AS anon_1) AS root_1;
