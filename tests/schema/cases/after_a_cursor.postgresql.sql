-- statements: 1
SELECT (WITH page_1 AS 
(SELECT anon_1.key_0 AS key_0, anon_1.key_1 AS key_1 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) = $1::BIGINT AND package_1.id > $2::BIGINT ORDER BY package_1.id ASC 
 LIMIT 3 OFFSET 0) AS anon_1 UNION ALL SELECT anon_2.key_0 AS key_0, anon_2.key_1 AS key_1 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) < $1::BIGINT ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC 
 LIMIT 3 OFFSET 0) AS anon_2 ORDER BY key_0 DESC, key_1 ASC 
 LIMIT 3 OFFSET 0)
 SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 2) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) > $1::BIGINT)) OR (EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) = $1::BIGINT AND package_1.id < $2::BIGINT)) OR (EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) = $1::BIGINT AND package_1.id = $2::BIGINT))) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"cursor":' || to_json('["Query.packages REPO_WATCHERS DESC",' || coalesce(CAST(rows_1.key_0 AS TEXT), 'null') || ',' || CAST(rows_1.key_1 AS TEXT) || ']')::text || ',"node":{"slug":' || to_json(package_2.slug)::text || '}}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1 ORDER BY page_1.key_0 DESC, page_1.key_1 ASC 
 LIMIT 2 OFFSET 0) AS rows_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = rows_1.key_1 ORDER BY rows_1.key_0 DESC, rows_1.key_1 ASC) AS anon_3) AS root_0;
