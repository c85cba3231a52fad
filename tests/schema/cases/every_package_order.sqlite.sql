-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || '}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) AS root_0, (WITH page_2 AS 
(SELECT package_3.slug_folded AS key_0, package_3.id AS key_1 
FROM package AS package_3 ORDER BY package_3.slug_folded DESC, package_3.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_4.slug) || '}' AS element_1 
FROM page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1) AS anon_2) AS root_1, (WITH page_3 AS 
(SELECT coalesce(package_5.repo_watchers, 2147483648) AS key_0, package_5.id AS key_1 
FROM package AS package_5 ORDER BY coalesce(package_5.repo_watchers, 2147483648) ASC, package_5.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_3 
FROM (SELECT '{"slug":' || json_quote(package_6.slug) || '}' AS element_1 
FROM page_3 LEFT OUTER JOIN package AS package_6 ON package_6.id = page_3.key_1) AS anon_3) AS root_2, (WITH page_4 AS 
(SELECT coalesce(package_7.repo_forks, -1) AS key_0, package_7.id AS key_1 
FROM package AS package_7 ORDER BY coalesce(package_7.repo_forks, -1) DESC, package_7.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_4 
FROM (SELECT '{"slug":' || json_quote(package_8.slug) || '}' AS element_1 
FROM page_4 LEFT OUTER JOIN package AS package_8 ON package_8.id = page_4.key_1) AS anon_4) AS root_3, (WITH page_5 AS 
(SELECT package_9.score AS key_0, package_9.id AS key_1 
FROM package AS package_9 ORDER BY package_9.score DESC, package_9.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_5 
FROM (SELECT '{"slug":' || json_quote(package_10.slug) || ',"score":' || CAST(package_10.score AS TEXT) || '}' AS element_1 
FROM page_5 LEFT OUTER JOIN package AS package_10 ON package_10.id = page_5.key_1) AS anon_5) AS root_4, (WITH page_6 AS 
(SELECT coalesce(package_11.last_updated, '9999-12-31T00:00:00.000000+00:00') AS key_0, package_11.id AS key_1 
FROM package AS package_11 ORDER BY coalesce(package_11.last_updated, '9999-12-31T00:00:00.000000+00:00') ASC, package_11.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_6 
FROM (SELECT '{"slug":' || json_quote(package_12.slug) || '}' AS element_1 
FROM page_6 LEFT OUTER JOIN package AS package_12 ON package_12.id = page_6.key_1) AS anon_6) AS root_5, (WITH page_7 AS 
(SELECT coalesce((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_13.id), '0001-01-02T00:00:00.000000+00:00') AS key_0, package_13.id AS key_1 
FROM package AS package_13 ORDER BY coalesce((SELECT ingest.last_fetched 
FROM ingest 
WHERE ingest.package_id = package_13.id), '0001-01-02T00:00:00.000000+00:00') DESC, package_13.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_7 
FROM (SELECT '{"slug":' || json_quote(package_14.slug) || '}' AS element_1 
FROM page_7 LEFT OUTER JOIN package AS package_14 ON package_14.id = page_7.key_1) AS anon_7) AS root_6, (WITH page_8 AS 
(SELECT package_15.created AS key_0, package_15.id AS key_1 
FROM package AS package_15 ORDER BY package_15.created ASC, package_15.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_8 
FROM (SELECT '{"slug":' || json_quote(package_16.slug) || '}' AS element_1 
FROM page_8 LEFT OUTER JOIN package AS package_16 ON package_16.id = page_8.key_1) AS anon_8) AS root_7, (WITH page_9 AS 
(SELECT package_17.modified AS key_0, package_17.id AS key_1 
FROM package AS package_17 ORDER BY package_17.modified DESC, package_17.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_9 
FROM (SELECT '{"slug":' || json_quote(package_18.slug) || '}' AS element_1 
FROM page_9 LEFT OUTER JOIN package AS package_18 ON package_18.id = page_9.key_1) AS anon_9) AS root_8, (WITH page_10 AS 
(SELECT package_19.grid_count AS key_0, package_19.id AS key_1 
FROM package AS package_19 ORDER BY package_19.grid_count DESC, package_19.id ASC
 LIMIT 1 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_10 
FROM (SELECT '{"slug":' || json_quote(package_20.slug) || '}' AS element_1 
FROM page_10 LEFT OUTER JOIN package AS package_20 ON package_20.id = page_10.key_1) AS anon_10) AS root_9;
