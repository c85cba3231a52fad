-- statements: 1
SELECT (SELECT '{}' AS anon_1 
FROM package AS package_1 
WHERE package_1.id = coalesce((SELECT package_2.id 
FROM package AS package_2 
WHERE package_2.slug_folded = $1::VARCHAR), (SELECT alias_1.node_id 
FROM alias AS alias_1 
WHERE alias_1.node_type = 'PACKAGE' AND alias_1.kind = 'SLUG' AND alias_1.name = CAST($1::VARCHAR AS TEXT)))) AS root_0, (SELECT '{}' AS anon_2) AS root_1;
