-- statements: 1
SELECT (SELECT '{"versions":' || (SELECT '{"totalCount":' || json_quote((SELECT count(*) AS count_1 
FROM version AS version_1 
WHERE package_1.id = version_1.package_id)) || ',"edges":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || '}}' AS json_2 
FROM (SELECT '{"cursor":' || json_quote('["Package.versions",' || json_quote(page_1.key_0) || ',' || CAST(page_1.key_1 AS TEXT) || ']') || ',"node":{"id":"Version:' || version_2.id || '","number":' || json_quote(version_2.number) || ',"uploadedAt":' || coalesce('"' || version_2.uploaded_at || '"', 'null') || ',"licenses":' || CAST(version_2.licenses AS TEXT) || ',"requiresPython":' || json_quote(version_2.requires_python) || ',"developmentStatus":' || json_quote(version_2.development_status) || ',"isYanked":' || CASE WHEN version_2.is_yanked THEN 'true' WHEN version_2.is_yanked = 0 THEN 'false' ELSE 'null' END || ',"isPrerelease":' || CASE WHEN version_2.is_prerelease THEN 'true' WHEN version_2.is_prerelease = 0 THEN 'false' ELSE 'null' END || '}}' AS value_0, page_1.rank AS rank 
FROM (SELECT version_1.sort_key AS key_0, version_1.id AS key_1, row_number() OVER (ORDER BY version_1.sort_key ASC, version_1.id DESC) AS rank 
FROM version AS version_1 
WHERE package_1.id = version_1.package_id ORDER BY version_1.sort_key ASC, version_1.id DESC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN version AS version_2 ON version_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank DESC) AS anon_1) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.slug_folded = ?) AS root_0;
