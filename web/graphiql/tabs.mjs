// What the page opens with: the query of its address, if it has one, then the examples; and the
// header by which one may edit, without a token yet.

const NO_TOKEN = "Bearer <token>";

/** What the headers' editor holds at first. */
export const defaultHeaders = JSON.stringify({ Authorization: NO_TOKEN }, null, 2);

/** As `fetch`, but without a header that still waits for its token: the server would refuse it. */
export function fetchWithToken(address, { headers, ...options }) {
  const { Authorization, ...others } = headers;
  return fetch(address, { ...options, headers: Authorization === NO_TOKEN ? others : headers });
}

/** The `{query, variables}` of `?query=...&variables=...`, or null. */
export function addressed() {
  const asked = new URLSearchParams(location.search);
  return asked.has("query")
    ? { query: asked.get("query"), variables: asked.get("variables") ?? "" }
    : null;
}

/** One tab for the address's query, one for each example that the page came with. */
export function tabs() {
  const examples = JSON.parse(document.getElementById("examples").textContent);
  const first = addressed();
  return [...(first ? [first] : []), ...examples.map((query) => ({ query }))];
}
