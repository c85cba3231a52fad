-- statements: 1
SELECT (SELECT '{"versions":' || (WITH page_1 AS 
(SELECT version_1.sort_key AS key_0, version_1.id AS key_1 
FROM version AS version_1 
WHERE package_1.id = version_1.package_id ORDER BY version_1.sort_key ASC, version_1.id DESC 
 LIMIT 6 OFFSET 0)
 SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM version AS version_1 
WHERE package_1.id = version_1.package_id) AS TEXT), 'null') || ',"edges":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || '}}' AS json_2 
FROM (SELECT '{"cursor":' || to_json('["Package.versions",' || to_json(rows_1.key_0)::text || ',' || CAST(rows_1.key_1 AS TEXT) || ']')::text || ',"node":{"id":"Version:' || version_2.id || '","number":' || to_json(version_2.number)::text || ',"uploadedAt":' || coalesce('"' || to_char(version_2.uploaded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') || '"', 'null') || ',"licenses":' || CAST(version_2.licenses AS TEXT) || ',"requiresPython":' || coalesce(to_json(version_2.requires_python)::text, 'null') || ',"developmentStatus":' || coalesce(to_json(version_2.development_status)::text, 'null') || ',"isYanked":' || CASE WHEN version_2.is_yanked THEN 'true' WHEN NOT version_2.is_yanked THEN 'false' ELSE 'null' END || ',"isPrerelease":' || CASE WHEN version_2.is_prerelease THEN 'true' WHEN NOT version_2.is_prerelease THEN 'false' ELSE 'null' END || '}}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1 ORDER BY page_1.key_0 ASC, page_1.key_1 DESC 
 LIMIT 5 OFFSET 0) AS rows_1 LEFT OUTER JOIN version AS version_2 ON version_2.id = rows_1.key_1 ORDER BY rows_1.key_0 DESC, rows_1.key_1 ASC) AS anon_1) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0;
