-- statements: 1
SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE package_1.title_folded LIKE $1::VARCHAR ESCAPE '\'))::text, 'null') || '}' AS root_0, (SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE package_3.title_folded LIKE $2::VARCHAR ESCAPE '\'))::text, 'null') || ',"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $3::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"title":' || to_json(package_4.title)::text || '}' AS value_0, page_2.rank AS rank 
FROM (SELECT package_3.title_folded AS key_0, package_3.id AS key_1, row_number() OVER (ORDER BY package_3.title_folded ASC, package_3.id ASC) AS rank 
FROM package AS package_3 
WHERE package_3.title_folded LIKE $2::VARCHAR ESCAPE '\' ORDER BY package_3.title_folded ASC, package_3.id ASC 
 LIMIT $3::BIGINT + $4::BIGINT) AS page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 AND page_2.rank <= $3::BIGINT ORDER BY page_2.rank ASC) AS anon_1) AS root_1, '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE package_5.title_folded LIKE $5::VARCHAR ESCAPE '\'))::text, 'null') || '}' AS root_2, (SELECT '{"totalCount":' || coalesce(to_json((SELECT count(*) AS count_4 
FROM package AS package_7 
WHERE package_7.repo_description_folded LIKE $6::VARCHAR ESCAPE '\'))::text, 'null') || ',"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $7::BIGINT), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || to_json(package_8.slug)::text || '}' AS value_0, page_4.rank AS rank 
FROM (SELECT package_7.title_folded AS key_0, package_7.id AS key_1, row_number() OVER (ORDER BY package_7.title_folded ASC, package_7.id ASC) AS rank 
FROM package AS package_7 
WHERE package_7.repo_description_folded LIKE $6::VARCHAR ESCAPE '\' ORDER BY package_7.title_folded ASC, package_7.id ASC 
 LIMIT $7::BIGINT + $8::BIGINT) AS page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1 AND page_4.rank <= $7::BIGINT ORDER BY page_4.rank ASC) AS anon_2) AS root_3;
