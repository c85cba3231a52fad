-- statements: 1
SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM package AS package_1 
WHERE (package_1.repo_host IN (SELECT value FROM json_each(?))) = 1)) || '}' AS root_0, '{"totalCount":' || json_quote((SELECT count(*) AS count_2 
FROM package AS package_3 
WHERE (package_3.repo_host IN (SELECT value FROM json_each(?))) = 1)) || '}' AS root_1, '{"totalCount":' || json_quote((SELECT count(*) AS count_3 
FROM package AS package_5 
WHERE (package_5.development_status IN (SELECT value FROM json_each(?))) = 1)) || '}' AS root_2, '{"totalCount":' || json_quote((SELECT count(*) AS count_4 
FROM package AS package_7 
WHERE package_7.supports_python3 IS 1 AND package_7.is_archived IS 0)) || '}' AS root_3, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_10.slug) || ',"deprecatedAt":' || coalesce('"' || package_10.deprecated_at || '"', 'null') || ',"replacedBy":' || coalesce(substr(CAST(package_11.id AS TEXT), 1, 0) || '{"slug":' || json_quote(package_11.slug) || '}', 'null') || '}' AS value_0, page_5.rank AS rank 
FROM (SELECT package_9.title_folded AS key_0, package_9.id AS key_1, row_number() OVER (ORDER BY package_9.title_folded ASC, package_9.id ASC) AS rank 
FROM package AS package_9 
WHERE package_9.deprecated_at IS NOT NULL ORDER BY package_9.title_folded ASC, package_9.id ASC
 LIMIT ? + ? OFFSET ?) AS page_5 LEFT OUTER JOIN package AS package_10 ON package_10.id = page_5.key_1 AND page_5.rank <= ? LEFT OUTER JOIN package AS package_11 ON package_10.replaced_by_id = package_11.id ORDER BY page_5.rank ASC) AS anon_1) AS root_4, '{"totalCount":' || json_quote((SELECT count(*) AS count_5 
FROM package AS package_12 
WHERE (coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_12.id), 'NEVER') IN (SELECT value FROM json_each(?))) = 1)) || '}' AS root_5;
