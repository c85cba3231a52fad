-- statements: 1
SELECT (WITH page_1 AS 
(SELECT package_1.title_folded AS key_0, package_1.id AS key_1 
FROM package AS package_1 ORDER BY package_1.title_folded DESC, package_1.id DESC
 LIMIT 4 OFFSET 0)
 SELECT '{"nodes":[' || coalesce(group_concat(element_1, ','), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN 0 = 1 THEN 'true' ELSE 'false' END || ',"hasPreviousPage":' || CASE WHEN ((SELECT count(*) AS count_1 
FROM page_1) > 3) THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce(json_quote((SELECT '["Query.packages TITLE ASC",' || json_quote(anon_1.key_0) || ',' || CAST(anon_1.key_1 AS TEXT) || ']' AS json_2 
FROM (SELECT rows_1.key_0 AS key_0, rows_1.key_1 AS key_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1
 LIMIT 3 OFFSET 0) AS rows_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 ASC
 LIMIT 1 OFFSET 0) AS anon_1)), 'null') || ',"endCursor":' || coalesce(json_quote((SELECT '["Query.packages TITLE ASC",' || json_quote(anon_2.key_0) || ',' || CAST(anon_2.key_1 AS TEXT) || ']' AS json_3 
FROM (SELECT rows_1.key_0 AS key_0, rows_1.key_1 AS key_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1
 LIMIT 3 OFFSET 0) AS rows_1 ORDER BY rows_1.key_0 DESC, rows_1.key_1 DESC
 LIMIT 1 OFFSET 0) AS anon_2)), 'null') || '}}' AS json_1 
FROM (SELECT '{"title":' || json_quote(package_2.title) || '}' AS element_1 
FROM (SELECT page_1.key_0 AS key_0, page_1.key_1 AS key_1 
FROM page_1
 LIMIT 3 OFFSET 0) AS rows_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = rows_1.key_1 ORDER BY rows_1.key_0 ASC, rows_1.key_1 ASC) AS anon_3) AS root_0;
