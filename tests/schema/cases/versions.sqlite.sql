-- statements: 1
SELECT (SELECT '{"versions":' || (WITH page_1 AS 
(SELECT version_1.sort_key AS key_0, version_1.id AS key_1 
FROM version AS version_1 
WHERE package_1.id = version_1.package_id ORDER BY version_1.sort_key ASC, version_1.id DESC
 LIMIT 6 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM version AS version_1 
WHERE package_1.id = version_1.package_id) AS TEXT), 'null') || ',"edges":[' || coalesce(group_concat(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || '}}' AS json_2 
FROM (SELECT '{"cursor":' || json_quote('["Package.versions",' || json_quote(rows_1.key_0) || ',' || CAST(rows_1.key_1 AS TEXT) || ']') || ',"node":{"id":"Version:' || version_2.id || '","number":' || json_quote(version_2.number) || ',"uploadedAt":' || coalesce('"' || version_2.uploaded_at || '"', 'null') || ',"licenses":' || CAST(version_2.licenses AS TEXT) || ',"requiresPython":' || json_quote(version_2.requires_python) || ',"developmentStatus":' || json_quote(version_2.development_status) || ',"isYanked":' || CASE WHEN version_2.is_yanked THEN 'true' WHEN version_2.is_yanked = 0 THEN 'false' ELSE 'null' END || ',"isPrerelease":' || CASE WHEN version_2.is_prerelease THEN 'true' WHEN version_2.is_prerelease = 0 THEN 'false' ELSE 'null' END || '}}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1
 LIMIT 5 OFFSET 0) AS rows_1 LEFT OUTER JOIN version AS version_2 ON version_2.id = rows_1.key_1 ORDER BY rows_1.key_0 DESC, rows_1.key_1 ASC) AS anon_1) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
