-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 
WHERE (package_1.slug = ANY ($1::TEXT[])) AND (package_1.slug_folded = ANY ($2::TEXT[])) ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 20 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(string_agg(element_1, ','), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || to_json(package_2.slug)::text || ',"ingest":{"state":' || coalesce(to_json(coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_2.id), 'NEVER'))::text, 'null') || ',"reason":' || coalesce(to_json(CASE WHEN (coalesce((SELECT ingest.state 
FROM ingest 
WHERE ingest.package_id = package_2.id), 'NEVER') = 'QUEUED') THEN CASE WHEN (EXISTS (SELECT 1 
FROM ingest_worker AS ingest_worker_1 
WHERE ingest_worker_1.seen > (now() - interval '90 seconds'))) THEN 'A worker will fetch it next.' ELSE 'No worker is running: start one with `python server.py worker`, or serve with --worker.' END END)::text, 'null') || '}}' AS element_1 
FROM page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC) AS anon_1) AS root_0;
