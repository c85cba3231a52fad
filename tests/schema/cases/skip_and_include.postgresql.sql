-- statements: 1
SELECT (SELECT '{"title":' || to_json(package_1.title)::text || ',"repoWatchers":' || coalesce(CAST(package_1.repo_watchers AS TEXT), 'null') || ',"category":{"slug":' || to_json(category_1.slug)::text || '}}' AS json_1 
FROM package AS package_1 LEFT OUTER JOIN category AS category_1 ON package_1.category_id = category_1.id 
WHERE package_1.slug_folded = $1::VARCHAR) AS root_0;
