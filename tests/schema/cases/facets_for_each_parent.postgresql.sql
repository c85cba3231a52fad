-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(category_2.slug)::text || ',"packages":{"facets":{"repoHosts":' || (SELECT '[' || coalesce(string_agg(anon_2.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"value":' || to_json(anon_3.value)::text || ',"count":' || coalesce(to_json(anon_3.count)::text, 'null') || '}' AS json_3 
FROM (SELECT package_1.repo_host AS value, count(*) AS count 
FROM package AS package_1 
WHERE category_2.id = package_1.category_id AND package_1.repo_host IS NOT NULL GROUP BY package_1.repo_host) AS anon_3 ORDER BY anon_3.count DESC, ((anon_3.value) COLLATE "C")) AS anon_2) || '}}}' AS value_0, page_1.rank AS rank 
FROM (SELECT category_1.title_folded AS key_0, category_1.id AS key_1, row_number() OVER (ORDER BY category_1.title_folded ASC, category_1.id ASC) AS rank 
FROM category AS category_1 ORDER BY category_1.title_folded ASC, category_1.id ASC 
 LIMIT $1::BIGINT + $2::BIGINT) AS page_1 LEFT OUTER JOIN category AS category_2 ON category_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
