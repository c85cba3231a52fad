-- statements: 1
SELECT (WITH page_1 AS 
(SELECT anon_1.key_0 AS key_0, anon_1.key_1 AS key_1 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) = ? AND package_1.id > ? ORDER BY package_1.id ASC
 LIMIT 3 OFFSET 0) AS anon_1 UNION ALL SELECT anon_2.key_0 AS key_0, anon_2.key_1 AS key_1 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) < ? ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC
 LIMIT 3 OFFSET 0) AS anon_2
 LIMIT 3 OFFSET 0)
 SELECT '{"edges":[' || coalesce(group_concat(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 2) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) > ?)) OR (EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) = ? AND package_1.id < ?)) OR (EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) = ? AND package_1.id = ?))) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"cursor":' || json_quote('["Query.packages REPO_WATCHERS DESC",' || coalesce(CAST(rows_1.key_0 AS TEXT), 'null') || ',' || CAST(rows_1.key_1 AS TEXT) || ']') || ',"node":{"slug":' || json_quote(package_2.slug) || '}}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1
 LIMIT 2 OFFSET 0) AS rows_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = rows_1.key_1) AS anon_3) AS root_0;
