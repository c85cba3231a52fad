SELECT package.title, package.slug, package.participants, repo_description, revision, popularity
FROM package JOIN search_document ON node_type = 'PACKAGE' AND node_id = package.id
WHERE package.id = $1
FOR UPDATE OF package;

UPDATE package
SET repo_description = $2, repo_description_folded = $3, revision = revision + 1, modified = $4
WHERE id = $1;

INSERT INTO pin (package_id, field, at) VALUES ($1, 'REPO_DESCRIPTION', $2)
ON CONFLICT DO NOTHING;

UPDATE search_document SET description = $2, words = $3
WHERE node_type = 'PACKAGE' AND node_id = $1;

DELETE FROM search_posting WHERE node_type = 'PACKAGE' AND node_id = $1;

INSERT INTO search_posting (term, field, popularity, node_type, node_id)
SELECT term, field, popularity, 'PACKAGE', key
FROM unnest($1::text[], $2::smallint[], $3::integer[], $4::bigint[])
  AS posting (term, field, popularity, key);

INSERT INTO search_pattern (pattern, term)
SELECT overlay(term PLACING '?' FROM place FOR 1), term
FROM json_array_elements_text($1::json) AS given (term), generate_series(1, length(term)) AS place
WHERE NOT EXISTS (
    SELECT FROM search_pattern AS known
    WHERE known.pattern = '?' || substr(given.term, 2) AND known.term = given.term)
ON CONFLICT DO NOTHING;

INSERT INTO change (id, transaction_id, node_type, node_id, revision, at, actor, actor_folded,
    action, diff)
SELECT number, number, 'PACKAGE', $1, $2, $3, 'bench', 'bench', 'UPDATE', $4
FROM nextval('change_id_seq') AS number
