-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE package_1.last_updated >= ? AND package_1.last_updated < ? ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"lastUpdated":' || coalesce('"' || package_2.last_updated || '"', 'null') || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) AS root_0, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_3 
WHERE package_3.last_updated IS NULL AND (SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_3.id) IS NULL) AS TEXT), 'null') || '}' AS json_2) AS root_1;
