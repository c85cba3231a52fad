-- statements: 1
SELECT (SELECT '{"slug":' || json_quote(package_1.slug) || '}' AS json_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = ?), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST(? AS TEXT)))) AS root_0;
