-- statements: 1
SELECT (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE (package_1.repo_host IN (SELECT value FROM json_each(?)))) AS TEXT), 'null') || '}' AS json_1) AS root_0, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE (package_3.repo_host IN (SELECT value FROM json_each(?)))) AS TEXT), 'null') || '}' AS json_2) AS root_1, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE (package_5.development_status IN (SELECT value FROM json_each(?)))) AS TEXT), 'null') || '}' AS json_3) AS root_2, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_4 
FROM package AS package_7 
WHERE package_7.supports_python3 IS 1 AND package_7.is_archived IS 0) AS TEXT), 'null') || '}' AS json_4) AS root_3, (WITH page_5 AS 
(SELECT package_9.title_folded AS key_0, package_9.id AS key_1 
FROM package AS package_9 
WHERE package_9.deprecated_at IS NOT NULL ORDER BY package_9.title_folded ASC, package_9.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_5 
FROM (SELECT '{"slug":' || json_quote(package_10.slug) || ',"deprecatedAt":' || coalesce('"' || package_10.deprecated_at || '"', 'null') || ',"replacedBy":' || coalesce(substr(CAST(package_11.id AS TEXT), 1, 0) || '{"slug":' || json_quote(package_11.slug) || '}', 'null') || '}' AS element_1 
FROM page_5 LEFT OUTER JOIN package AS package_10 ON package_10.id = page_5.key_1 LEFT OUTER JOIN package AS package_11 ON package_10.replaced_by_id = package_11.id) AS anon_1) AS root_4, (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_5 
FROM package AS package_12 
WHERE (coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_12.id), 'NEVER') IN (SELECT value FROM json_each(?)))) AS TEXT), 'null') || '}' AS json_6) AS root_5;
