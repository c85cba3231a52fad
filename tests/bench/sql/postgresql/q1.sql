SELECT '{"title":' || to_json(title)::text || ',"slug":' || to_json(slug)::text
    || ',"repoUrl":' || coalesce(to_json(repo_url)::text, 'null')
    || ',"repoWatchers":' || coalesce(repo_watchers::text, 'null')
    || ',"pypiVersion":' || coalesce(to_json(pypi_version)::text, 'null')
    || ',"score":' || score || '}'
FROM package
WHERE slug_folded = $1
