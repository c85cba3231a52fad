-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"repoWatchers":' || coalesce(to_json(package_2.repo_watchers)::text, 'null') || ',"licenses":' || CAST(package_2.licenses AS TEXT) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT package_1.title_folded AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.title_folded ASC, package_1.id ASC) AS rank 
FROM package AS package_1 
WHERE (package_1.title_folded LIKE $2::VARCHAR ESCAPE '\' OR package_1.repo_watchers > $3::BIGINT AND (EXISTS (SELECT 1 
FROM json_array_elements_text(package_1.licenses) AS anon_2 
WHERE anon_2.value = $4::VARCHAR)) IS NOT true) AND (EXISTS (SELECT 1 
FROM category AS category_1 
WHERE package_1.category_id = category_1.id AND category_1.slug = $5::VARCHAR)) IS NOT true ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT $1::BIGINT + $6::BIGINT) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
