-- statements: 1
SELECT (SELECT '[' || coalesce(group_concat(anon_1.coalesce_1, ','), '') || ']' AS json_1 
FROM (SELECT coalesce(CASE WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Package:' || package_1.id || '"}' AS json_2 
FROM package AS package_1 
WHERE package_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Category:' || category_1.id || '"}' AS json_3 
FROM category AS category_1 
WHERE category_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Grid:' || grid_1.id || '"}' AS json_4 
FROM grid AS grid_1 
WHERE grid_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Feature:' || feature_1.id || '"}' AS json_5 
FROM feature AS feature_1 
WHERE feature_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Version:' || version_1.id || '"}' AS json_6 
FROM version AS version_1 
WHERE version_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) WHEN ((anon_2.value ->> 0) = ?) THEN (SELECT '{"id":"Change:' || change_1.id || '"}' AS json_7 
FROM change AS change_1 
WHERE change_1.id = CAST(anon_2.value ->> 1 AS BIGINT)) ELSE 'null' END, 'null') AS coalesce_1 
FROM (SELECT key AS position, value FROM json_each(?)) AS anon_2 ORDER BY anon_2.position) AS anon_1) AS root_0;
