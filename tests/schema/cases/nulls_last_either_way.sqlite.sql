-- statements: 1
SELECT (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_1 
FROM (SELECT '{"slug":' || json_quote(package_2.slug) || ',"lastUpdated":' || coalesce('"' || package_2.last_updated || '"', 'null') || '}' AS value_0, page_1.rank AS rank 
FROM (SELECT coalesce(package_1.last_updated, '9999-12-31T00:00:00.000000+00:00') AS key_0, package_1.id AS key_1, row_number() OVER (ORDER BY coalesce(package_1.last_updated, '9999-12-31T00:00:00.000000+00:00') DESC, package_1.id DESC) AS rank 
FROM package AS package_1 ORDER BY coalesce(package_1.last_updated, '9999-12-31T00:00:00.000000+00:00') DESC, package_1.id DESC
 LIMIT ? + ? OFFSET ?) AS page_1 LEFT OUTER JOIN package AS package_2 ON package_2.id = page_1.key_1 AND page_1.rank <= ? ORDER BY page_1.rank DESC) AS anon_1) AS root_0, (SELECT '{"nodes":[' || coalesce(group_concat(value_0, ',') FILTER (WHERE rank <= ?), '') || ']}' AS json_2 
FROM (SELECT '{"slug":' || json_quote(package_4.slug) || ',"lastUpdated":' || coalesce('"' || package_4.last_updated || '"', 'null') || '}' AS value_0, page_2.rank AS rank 
FROM (SELECT coalesce(package_3.last_updated, '0001-01-02T00:00:00.000000+00:00') AS key_0, package_3.id AS key_1, row_number() OVER (ORDER BY coalesce(package_3.last_updated, '0001-01-02T00:00:00.000000+00:00') ASC, package_3.id DESC) AS rank 
FROM package AS package_3 ORDER BY coalesce(package_3.last_updated, '0001-01-02T00:00:00.000000+00:00') ASC, package_3.id DESC
 LIMIT ? + ? OFFSET ?) AS page_2 LEFT OUTER JOIN package AS package_4 ON package_4.id = page_2.key_1 AND page_2.rank <= ? ORDER BY page_2.rank DESC) AS anon_2) AS root_1;
