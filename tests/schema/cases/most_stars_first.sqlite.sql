-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"repoWatchers":' || json_quote(package_2.repo_watchers) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC) AS rank 
FROM package AS package_1 ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
