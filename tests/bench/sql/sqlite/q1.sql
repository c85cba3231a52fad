SELECT '{"title":' || json_quote(title) || ',"slug":' || json_quote(slug)
    || ',"repoUrl":' || json_quote(repo_url) || ',"repoWatchers":' || json_quote(repo_watchers)
    || ',"pypiVersion":' || json_quote(pypi_version) || ',"score":' || score || '}'
FROM package
WHERE slug_folded = ?1
