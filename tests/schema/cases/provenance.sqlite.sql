-- statements: 1
SELECT (SELECT '{"title":' || json_quote(package_1.title) || ',"provenance":' || (SELECT '[' || coalesce(group_concat(anon_1.json_3, ','), '') || ']' AS json_2 
FROM (SELECT '{"field":' || json_quote(newest_1.name) || ',"source":' || json_quote(change_3.actor) || ',"at":"' || change_3.at || '","isPinned":' || CASE WHEN (EXISTS (SELECT 1 
FROM pin AS pin_1 
WHERE pin_1.package_id = package_1.id AND pin_1.field = CASE newest_1.name WHEN 'title' THEN 'TITLE' WHEN 'repoHost' THEN 'REPO_HOST' WHEN 'repoDescription' THEN 'REPO_DESCRIPTION' WHEN 'pypiUrl' THEN 'PYPI_URL' WHEN 'documentationUrl' THEN 'DOCUMENTATION_URL' WHEN 'licenses' THEN 'LICENSES' WHEN 'isArchived' THEN 'IS_ARCHIVED' WHEN 'deprecatedAt' THEN 'DEPRECATED_AT' WHEN 'replacedBy' THEN 'REPLACED_BY' END)) THEN 'true' ELSE 'false' END || ',"__typename":"FieldProvenance"}' AS json_3 
FROM (SELECT keys_1."key" AS name, max(change_1.id) AS id 
FROM change AS change_1 JOIN json_each(change_1.diff) AS keys_1 ON 1 = 1 
WHERE change_1.node_type = 'PACKAGE' AND package_1.id = change_1.node_id AND (keys_1."key" IN (SELECT value FROM json_each(?))) GROUP BY keys_1."key" UNION ALL SELECT 'modified' AS anon_2, max(change_2.id) AS max_1 
FROM change AS change_2 
WHERE change_2.node_type = 'PACKAGE' AND package_1.id = change_2.node_id) AS newest_1 JOIN change AS change_3 ON change_3.id = newest_1.id ORDER BY newest_1.name) AS anon_1) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
