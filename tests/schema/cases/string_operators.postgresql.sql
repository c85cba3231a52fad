-- statements: 1
SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE package_1.slug = $1::VARCHAR))::text, 'null') || '}' AS root_0, '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE (package_3.pypi_name = $2::VARCHAR) IS NOT true))::text, 'null') || '}' AS root_1, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $3::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"title":' || to_json(package_6.title)::text || '}' AS value_0, page_3.rank AS rank 
FROM (SELECT package_5.title_folded AS key_0, package_5.id AS key_1, row_number() OVER (ORDER BY package_5.title_folded ASC, package_5.id ASC) AS rank 
FROM package AS package_5 
WHERE (package_5.title = ANY ($4::TEXT[])) ORDER BY package_5.title_folded ASC, package_5.id ASC 
 LIMIT $3::BIGINT + $5::BIGINT) AS page_3 LEFT OUTER JOIN package AS package_6 ON package_6.id = page_3.key_1 AND page_3.rank <= $3::BIGINT ORDER BY page_3.rank ASC) AS anon_1) AS root_2, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $6::BIGINT), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || to_json(package_8.slug)::text || '}' AS value_0, page_4.rank AS rank 
FROM (SELECT package_7.title_folded AS key_0, package_7.id AS key_1, row_number() OVER (ORDER BY package_7.title_folded ASC, package_7.id ASC) AS rank 
FROM package AS package_7 
WHERE package_7.repo_description_folded LIKE $7::VARCHAR ESCAPE '\' ORDER BY package_7.title_folded ASC, package_7.id ASC 
 LIMIT $6::BIGINT + $8::BIGINT) AS page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1 AND page_4.rank <= $6::BIGINT ORDER BY page_4.rank ASC) AS anon_2) AS root_3, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $9::BIGINT), '') || ']}' AS json_3 
FROM (SELECT '{"title":' || to_json(package_10.title)::text || '}' AS value_0, page_5.rank AS rank 
FROM (SELECT package_9.title_folded AS key_0, package_9.id AS key_1, row_number() OVER (ORDER BY package_9.title_folded ASC, package_9.id ASC) AS rank 
FROM package AS package_9 
WHERE package_9.title_folded LIKE $10::VARCHAR ESCAPE '\' ORDER BY package_9.title_folded ASC, package_9.id ASC 
 LIMIT $9::BIGINT + $11::BIGINT) AS page_5 LEFT OUTER JOIN package AS package_10 ON package_10.id = page_5.key_1 AND page_5.rank <= $9::BIGINT ORDER BY page_5.rank ASC) AS anon_3) AS root_4, (SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_3 
FROM package AS package_11 
WHERE package_11.documentation_url_folded LIKE $12::VARCHAR ESCAPE '\'))::text, 'null') || ',"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $13::BIGINT), '') || ']}' AS json_4 
FROM (SELECT '{"documentationUrl":' || coalesce(to_json(package_12.documentation_url)::text, 'null') || '}' AS value_0, page_6.rank AS rank 
FROM (SELECT package_11.title_folded AS key_0, package_11.id AS key_1, row_number() OVER (ORDER BY package_11.title_folded ASC, package_11.id ASC) AS rank 
FROM package AS package_11 
WHERE package_11.documentation_url_folded LIKE $12::VARCHAR ESCAPE '\' ORDER BY package_11.title_folded ASC, package_11.id ASC 
 LIMIT $13::BIGINT + $14::BIGINT) AS page_6 LEFT OUTER JOIN package AS package_12 ON package_12.id = page_6.key_1 AND page_6.rank <= $13::BIGINT ORDER BY page_6.rank ASC) AS anon_4) AS root_5, '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_4 
FROM package AS package_13 
WHERE package_13.documentation_url IS NULL))::text, 'null') || '}' AS root_6;
