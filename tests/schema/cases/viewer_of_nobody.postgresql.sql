-- statements: 1
SELECT CASE WHEN ($1::VARCHAR IS NOT NULL) THEN '{"name":' || to_json($2::VARCHAR)::text || ',"role":' || to_json($3::VARCHAR)::text || '}' END AS root_0;
