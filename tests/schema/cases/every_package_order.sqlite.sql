-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT package_1.title_folded AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY package_1.title_folded ASC, package_1.id ASC) AS rank 
FROM package AS package_1 ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank ASC) AS anon_1) AS root_0, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_4.slug) || '}' AS value_0, page_2.rank AS rank 
FROM (SELECT package_3.slug_folded AS key_0, package_3.id AS key_1, row_number() OVER (ORDER BY package_3.slug_folded DESC, package_3.id ASC) AS rank 
FROM package AS package_3 ORDER BY package_3.slug_folded DESC, package_3.id ASC
 LIMIT ? + ? OFFSET ?) AS page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 AND page_2.rank <= ? ORDER BY page_2.rank ASC) AS anon_2) AS root_1, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_3 
FROM (SELECT '{"slug":' || json_quote(package_6.slug) || '}' AS value_0, page_3.rank AS rank 
FROM (SELECT coalesce(package_5.repo_watchers, 2147483648) AS key_0, package_5.id AS key_1, row_number() OVER (ORDER BY coalesce(package_5.repo_watchers, 2147483648) ASC, package_5.id ASC) AS rank 
FROM package AS package_5 ORDER BY coalesce(package_5.repo_watchers, 2147483648) ASC, package_5.id ASC
 LIMIT ? + ? OFFSET ?) AS page_3 LEFT OUTER JOIN package AS package_6 ON package_6.id = page_3.key_1 AND page_3.rank <= ? ORDER BY page_3.rank ASC) AS anon_3) AS root_2, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_4 
FROM (SELECT '{"slug":' || json_quote(package_8.slug) || '}' AS value_0, page_4.rank AS rank 
FROM (SELECT coalesce(package_7.repo_forks, -1) AS key_0, package_7.id AS key_1, row_number() OVER (ORDER BY coalesce(package_7.repo_forks, -1) DESC, package_7.id ASC) AS rank 
FROM package AS package_7 ORDER BY coalesce(package_7.repo_forks, -1) DESC, package_7.id ASC
 LIMIT ? + ? OFFSET ?) AS page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1 AND page_4.rank <= ? ORDER BY page_4.rank ASC) AS anon_4) AS root_3, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_5 
FROM (SELECT '{"slug":' || json_quote(package_10.slug) || ',"score":' || CAST(package_10.score AS TEXT) || '}' AS value_0, page_5.rank AS rank 
FROM (SELECT package_9.score AS key_0, package_9.id AS key_1, row_number() OVER (ORDER BY package_9.score DESC, package_9.id ASC) AS rank 
FROM package AS package_9 ORDER BY package_9.score DESC, package_9.id ASC
 LIMIT ? + ? OFFSET ?) AS page_5 LEFT OUTER JOIN package AS package_10 ON package_10.id = page_5.key_1 AND page_5.rank <= ? ORDER BY page_5.rank ASC) AS anon_5) AS root_4, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_6 
FROM (SELECT '{"slug":' || json_quote(package_12.slug) || '}' AS value_0, page_6.rank AS rank 
FROM (SELECT coalesce(package_11.last_updated, '9999-12-31T00:00:00.000000+00:00') AS key_0, package_11.id AS key_1, row_number() OVER (ORDER BY coalesce(package_11.last_updated, '9999-12-31T00:00:00.000000+00:00') ASC, package_11.id ASC) AS rank 
FROM package AS package_11 ORDER BY coalesce(package_11.last_updated, '9999-12-31T00:00:00.000000+00:00') ASC, package_11.id ASC
 LIMIT ? + ? OFFSET ?) AS page_6 LEFT OUTER JOIN package AS package_12 ON package_12.id = page_6.key_1 AND page_6.rank <= ? ORDER BY page_6.rank ASC) AS anon_6) AS root_5, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_7 
FROM (SELECT '{"slug":' || json_quote(package_14.slug) || '}' AS value_0, page_7.rank AS rank 
FROM (SELECT coalesce((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_13.id), '0001-01-02T00:00:00.000000+00:00') AS key_0, package_13.id AS key_1, row_number() OVER (ORDER BY coalesce((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_13.id), '0001-01-02T00:00:00.000000+00:00') DESC, package_13.id ASC) AS rank 
FROM package AS package_13 ORDER BY coalesce((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_13.id), '0001-01-02T00:00:00.000000+00:00') DESC, package_13.id ASC
 LIMIT ? + ? OFFSET ?) AS page_7 LEFT OUTER JOIN package AS package_14 ON package_14.id = page_7.key_1 AND page_7.rank <= ? ORDER BY page_7.rank ASC) AS anon_7) AS root_6, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_8 
FROM (SELECT '{"slug":' || json_quote(package_16.slug) || '}' AS value_0, page_8.rank AS rank 
FROM (SELECT package_15.created AS key_0, package_15.id AS key_1, row_number() OVER (ORDER BY package_15.created ASC, package_15.id ASC) AS rank 
FROM package AS package_15 ORDER BY package_15.created ASC, package_15.id ASC
 LIMIT ? + ? OFFSET ?) AS page_8 LEFT OUTER JOIN package AS package_16 ON package_16.id = page_8.key_1 AND page_8.rank <= ? ORDER BY page_8.rank ASC) AS anon_8) AS root_7, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_9 
FROM (SELECT '{"slug":' || json_quote(package_18.slug) || '}' AS value_0, page_9.rank AS rank 
FROM (SELECT package_17.modified AS key_0, package_17.id AS key_1, row_number() OVER (ORDER BY package_17.modified DESC, package_17.id ASC) AS rank 
FROM package AS package_17 ORDER BY package_17.modified DESC, package_17.id ASC
 LIMIT ? + ? OFFSET ?) AS page_9 LEFT OUTER JOIN package AS package_18 ON package_18.id = page_9.key_1 AND page_9.rank <= ? ORDER BY page_9.rank ASC) AS anon_9) AS root_8, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_10 
FROM (SELECT '{"slug":' || json_quote(package_20.slug) || '}' AS value_0, page_10.rank AS rank 
FROM (SELECT package_19.grid_count AS key_0, package_19.id AS key_1, row_number() OVER (ORDER BY package_19.grid_count DESC, package_19.id ASC) AS rank 
FROM package AS package_19 ORDER BY package_19.grid_count DESC, package_19.id ASC
 LIMIT ? + ? OFFSET ?) AS page_10 LEFT OUTER JOIN package AS package_20 ON package_20.id = page_10.key_1 AND page_10.rank <= ? ORDER BY page_10.rank ASC) AS anon_10) AS root_9;
