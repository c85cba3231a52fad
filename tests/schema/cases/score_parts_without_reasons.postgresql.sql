-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.score AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.score DESC, package_1.id ASC 
 LIMIT 3 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"score":' || CAST(package_2.score AS TEXT) || ',"scoreParts":[{"points":' || CAST(CAST(coalesce(package_2.repo_watchers, 0) AS BIGINT) AS TEXT) || '},{"points":' || CAST((package_2.score - CAST(coalesce(package_2.repo_watchers, 0) AS BIGINT)) - CASE WHEN package_2.supports_python3 THEN 0 ELSE -(CASE WHEN (CAST(coalesce(package_2.repo_watchers, 0) AS BIGINT) * 3 > 10000) THEN 10000 ELSE CAST(coalesce(package_2.repo_watchers, 0) AS BIGINT) * 3 END / 10) END AS TEXT) || '},{"points":' || CAST(CASE WHEN package_2.supports_python3 THEN 0 ELSE -(CASE WHEN (CAST(coalesce(package_2.repo_watchers, 0) AS BIGINT) * 3 > 10000) THEN 10000 ELSE CAST(coalesce(package_2.repo_watchers, 0) AS BIGINT) * 3 END / 10) END AS TEXT) || '}]}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 DESC, page_1.key_1 ASC) AS anon_1) AS root_0;
