-- statements: 1
SELECT CASE WHEN (? IS NOT NULL) THEN '{"name":' || json_quote(?) || ',"role":' || json_quote(?) || '}' END AS root_0;
