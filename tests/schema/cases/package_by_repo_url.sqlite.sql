-- statements: 1
SELECT (SELECT '{"slug":' || json_quote(package_1.slug) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.repo_key = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'REPO_URL' AND alias_1.name = CAST(? AS TEXT)))) AS root_0, (SELECT '{"slug":' || json_quote(package_3.slug) || '}' AS json_2 
FROM package AS package_3 
WHERE package_3.id = coalesce((SELECT package_4.id 
FROM package AS package_4 
WHERE package_4.repo_key = ?), (SELECT alias_2.node_id 
FROM alias AS alias_2 
WHERE alias_2.node_type = 'PACKAGE' AND alias_2.kind = 'REPO_URL' AND alias_2.name = CAST(? AS TEXT)))) AS root_1;
