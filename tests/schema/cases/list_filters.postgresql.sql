-- statements: 1
SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE EXISTS (SELECT 1 
FROM json_array_elements_text(package_1.licenses) AS anon_1 
WHERE anon_1.value = $1::VARCHAR)))::text, 'null') || '}' AS root_0, '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE EXISTS (SELECT 1 
FROM json_array_elements_text(package_3.licenses_folded) AS anon_2 
WHERE anon_2.value LIKE $2::VARCHAR ESCAPE '\')))::text, 'null') || '}' AS root_1, '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE NOT (EXISTS (SELECT 1 
FROM json_array_elements_text(package_5.licenses) AS anon_3))))::text, 'null') || '}' AS root_2, (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $3::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_8.slug)::text || '}' AS value_0, page_4.rank AS rank 
FROM (SELECT package_7.title_folded AS key_0, package_7.id AS key_1, row_number() OVER (ORDER BY package_7.title_folded ASC, package_7.id ASC) AS rank 
FROM package AS package_7 
WHERE EXISTS (SELECT 1 
FROM json_array_elements_text(package_7.participants_folded) AS anon_5 
WHERE anon_5.value LIKE $4::VARCHAR ESCAPE '\') ORDER BY package_7.title_folded ASC, package_7.id ASC 
 LIMIT $3::BIGINT + $5::BIGINT) AS page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1 AND page_4.rank <= $3::BIGINT ORDER BY page_4.rank ASC) AS anon_4) AS root_3;
