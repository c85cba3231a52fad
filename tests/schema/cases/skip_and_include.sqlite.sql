-- statements: 1
SELECT (SELECT '{"title":' || json_quote(package_1.title) || ',"repoWatchers":' || coalesce(CAST(package_1.repo_watchers AS TEXT), 'null') || ',"category":{"slug":' || json_quote(category_1.slug) || '}}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.slug_folded = ?) AS root_0;
