-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded ASC, package_1.id ASC 
 LIMIT 4 OFFSET 0)
 SELECT '{"edges":[' || coalesce(string_agg(element_1, ','), '') || '],"pageInfo":{"startCursor":' || coalesce(to_json((SELECT '["Query.packages TITLE ASC",' || to_json(anon_1.key_0)::text || ',' || CAST(anon_1.key_1 AS TEXT) || ']' AS json_2 
FROM (SELECT rows_1.key_0 AS key_0, rows_1.key_1 AS key_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC 
 LIMIT 3 OFFSET 0) AS rows_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 ASC 
 LIMIT 1 OFFSET 0) AS anon_1))::text, 'null') || ',"endCursor":' || coalesce(to_json((SELECT '["Query.packages TITLE ASC",' || to_json(anon_2.key_0)::text || ',' || CAST(anon_2.key_1 AS TEXT) || ']' AS json_3 
FROM (SELECT rows_1.key_0 AS key_0, rows_1.key_1 AS key_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC 
 LIMIT 3 OFFSET 0) AS rows_1 ORDER BY rows_1.key_0 DESC, rows_1.key_1 DESC 
 LIMIT 1 OFFSET 0) AS anon_2))::text, 'null') || ',"hasNextPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 3) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN false THEN 'true' ELSE 'false' END || '}}' AS json_1 
FROM (SELECT '{"cursor":' || to_json('["Query.packages TITLE ASC",' || to_json(rows_1.key_0)::text || ',' || CAST(rows_1.key_1 AS TEXT) || ']')::text || ',"node":{"id":"Package:' || package_2.id || '","title":' || to_json(package_2.title)::text || '}}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1 ORDER BY page_1.key_0 ASC, page_1.key_1 ASC 
 LIMIT 3 OFFSET 0) AS rows_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = rows_1.key_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 ASC) AS anon_3) AS root_0;
