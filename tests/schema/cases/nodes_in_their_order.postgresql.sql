-- statements: 1
SELECT (SELECT '[' || coalesce(string_agg(anon_1.coalesce_1, ','), '') || ']' AS json_1 
FROM (SELECT coalesce(CASE WHEN ((anon_2.value ->> 0) = $1::VARCHAR) THEN (SELECT '{"id":"Package:' || package_1.id || '","title":' || to_json(package_1.title)::text || '}' AS json_2 
FROM package AS package_1 
WHERE package_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $2::VARCHAR) THEN (SELECT '{"id":"Category:' || category_1.id || '","title":' || to_json(category_1.title)::text || ',"packages":' || (SELECT '{"totalCount":' || coalesce(CAST((SELECT count(*) AS count_1 
FROM package AS package_2 
WHERE category_1.id = package_2.category_id) AS TEXT), 'null') || '}' AS json_4) || '}' AS json_3 
FROM category AS category_1 
WHERE category_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $3::VARCHAR) THEN (SELECT '{"id":"Grid:' || grid_1.id || '","title":' || to_json(grid_1.title)::text || '}' AS json_5 
FROM grid AS grid_1 
WHERE grid_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $4::VARCHAR) THEN (SELECT '{"id":"Feature:' || feature_1.id || '","title":' || to_json(feature_1.title)::text || ',"position":' || CAST(feature_1.position AS TEXT) || '}' AS json_6 
FROM feature AS feature_1 
WHERE feature_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $5::VARCHAR) THEN (SELECT '{"id":"Version:' || version_1.id || '","number":' || to_json(version_1.number)::text || '}' AS json_7 
FROM version AS version_1 
WHERE version_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = $6::VARCHAR) THEN (SELECT '{"id":"Change:' || change_1.id || '"}' AS json_8 
FROM change AS change_1 
WHERE change_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) ELSE 'null' END, 'null') AS coalesce_1 
FROM (SELECT position, value FROM json_array_elements(CAST($7::VARCHAR AS JSON)) WITH ORDINALITY AS e(value, position)) AS anon_2 ORDER BY anon_2.position) AS anon_1) AS root_0;
