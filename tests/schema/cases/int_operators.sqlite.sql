-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"repoWatchers":' || json_quote(package_2.repo_watchers) || ',"repoForks":' || json_quote(package_2.repo_forks) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT package_1.title_folded AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.title_folded ASC, package_1.id ASC) AS rank 
FROM package AS package_1 
WHERE package_1.database_id IS NOT NULL AND (package_1.repo_watchers = ?) IS NOT 1 AND package_1.repo_watchers >= ? AND package_1.repo_watchers < ? AND package_1.repo_forks > ? AND package_1.repo_forks <= ? ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_4.slug) || '}' AS value_0, page_2.rank AS rank 
FROM (SELECT package_3.title_folded AS key_0, package_3.id AS key_1, row_number() OVER (ORDER BY package_3.title_folded ASC, package_3.id ASC) AS rank 
FROM package AS package_3 
WHERE (package_3.repo_watchers IN (SELECT value FROM json_each(?))) = 1 ORDER BY package_3.title_folded ASC, package_3.id ASC
 LIMIT ? + ? OFFSET ?) AS page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 AND page_2.rank <= ? ORDER BY page_2.rank ASC) AS anon_2) AS root_1, '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_5 
WHERE package_5.repo_watchers IS NULL)) || '}' AS root_2;
