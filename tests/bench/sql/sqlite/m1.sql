SELECT package.title, package.slug, package.participants, repo_description, revision, popularity
FROM package JOIN search_document ON node_type = 'PACKAGE' AND node_id = package.id
WHERE package.id = ?1;

UPDATE package
SET repo_description = ?2, repo_description_folded = ?3, revision = revision + 1, modified = ?4
WHERE id = ?1;

INSERT INTO pin (package_id, field, at) VALUES (?1, 'REPO_DESCRIPTION', ?2)
ON CONFLICT DO NOTHING;

UPDATE search_document SET description = ?2, words = ?3
WHERE node_type = 'PACKAGE' AND node_id = ?1;

DELETE FROM search_posting WHERE node_type = 'PACKAGE' AND node_id = ?1;

INSERT INTO search_posting (term, field, popularity, node_type, node_id)
VALUES (?1, ?2, ?3, 'PACKAGE', ?4);

WITH RECURSIVE places (place) AS (
    SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < 32)
INSERT INTO search_pattern (pattern, term)
SELECT substr(value, 1, place - 1) || '?' || substr(value, place + 1), value
FROM json_each(?1) CROSS JOIN places ON place <= length(value)
WHERE NOT EXISTS (
    SELECT 1 FROM search_pattern WHERE pattern = '?' || substr(value, 2) AND term = value)
ON CONFLICT DO NOTHING;

INSERT INTO change (id, transaction_id, node_type, node_id, revision, at, actor, actor_folded,
    action, diff)
SELECT seq + 1, seq + 1, 'PACKAGE', ?1, ?2, ?3, 'bench', 'bench', 'UPDATE', ?4
FROM sqlite_sequence WHERE name = 'change'
