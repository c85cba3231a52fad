-- statements: 1
SELECT (SELECT '{"edges":[' || coalesce(string_agg(value_0, ',') FILTER (WHERE rank <= $1::BIGINT), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (max(rank) > $1::BIGINT) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN (EXISTS (SELECT 1 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) >= $2::BIGINT AND (coalesce(package_1.repo_watchers, -1) > $2::BIGINT OR coalesce(package_1.repo_watchers, -1) = $2::BIGINT AND package_1.id < $3::BIGINT OR coalesce(package_1.repo_watchers, -1) = $2::BIGINT AND package_1.id = $3::BIGINT))) THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"cursor":' || to_json('["Query.packages REPO_WATCHERS DESC",' || coalesce(to_json(page_1.key_0)::text, 'null') || ',' || CAST(page_1.key_1 AS TEXT) || ']')::text || ',"node":{"slug":' || to_json(package_2.slug)::text || '}}' AS value_0, page_1.rank AS rank 
FROM (SELECT coalesce(package_1.repo_watchers, -1) AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC) AS rank 
FROM package AS package_1 
WHERE coalesce(package_1.repo_watchers, -1) <= $2::BIGINT AND (coalesce(package_1.repo_watchers, -1) < $2::BIGINT OR coalesce(package_1.repo_watchers, -1) = $2::BIGINT AND package_1.id > $3::BIGINT) ORDER BY coalesce(package_1.repo_watchers, -1) DESC, package_1.id ASC 
 LIMIT $1::BIGINT + $4::BIGINT) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= $1::BIGINT ORDER BY page_1.rank ASC) AS anon_1) AS root_0;
