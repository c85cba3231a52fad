-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE (package_1.slug IN (SELECT value FROM json_each(?))) AND (package_1.slug_folded IN (SELECT value FROM json_each(?))) ORDER BY package_1.title_folded ASC, package_1.id ASC
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"ingest":{"state":' || json_quote(coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_2.id), 'NEVER')) || ',"reason":' || json_quote(CASE WHEN (coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_2.id), 'NEVER') = 'QUEUED') THEN CASE WHEN (EXISTS (SELECT 1 
FROM ingest_worker AS ingest_worker_1 
WHERE ingest_worker_1.seen > strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '-90 seconds'))) THEN 'A worker will fetch it next.' ELSE 'No worker is running: start one with `python server.py worker`, or serve with --worker.' END END) || '}}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1) AS anon_1) AS root_0;
