-- statements: 1
SELECT (SELECT '{"edges":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) <= ? AND (coalesce(package_1.repo_watchers, -1) < ? OR coalesce(package_1.repo_watchers, -1) = ? AND package_1.id > ? OR coalesce(package_1.repo_watchers, -1) = ? AND package_1.id = ?))) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN (max(rank) > ?) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"cursor":' || json_quote('["Query.packages REPO_WATCHERS DESC",' || json_quote(page_1.key_0) || ',' || CAST(page_1.key_1 AS TEXT) || ']') || ',"node":{"slug":' || json_quote(package_2.slug) || '}}' AS value_0, page_1.rank AS rank 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY coalesce(package_1.repo_watchers, -1) ASC, package_1.id DESC) AS rank 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) >= ? AND (coalesce(package_1.repo_watchers, -1) > ? OR coalesce(package_1.repo_watchers, -1) = ? AND package_1.id < ?) ORDER BY coalesce(package_1.repo_watchers, -1) ASC, package_1.id DESC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank DESC) AS anon_1) AS root_0;
