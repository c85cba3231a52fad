// What the page opens with: the query of its address, if it has one, then the examples.

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
