// The page on the older GraphiQL that a Python package carries, for where npm cannot be reached.
import { addressed, defaultHeaders, fetchWithToken, tabs } from "./tabs.mjs";

const { GraphiQL, GraphiQLPluginExplorer, React, ReactDOM } = globalThis;
const first = addressed();
const fetcher = GraphiQL.createFetcher({ url: location.pathname, fetch: fetchWithToken });

function Page() {
  const [query, setQuery] = React.useState(first?.query ?? tabs()[0].query);
  const explorer = GraphiQLPluginExplorer.useExplorerPlugin({
    query,
    onEdit: setQuery,
    showAttribution: false,
  });
  return React.createElement(GraphiQL, {
    fetcher,
    plugins: [explorer],
    defaultTabs: tabs(),
    defaultHeaders,
    defaultEditorToolsVisibility: Boolean(first?.variables),
    query,
    variables: first?.variables,
    onEditQuery: setQuery,
  });
}

ReactDOM.render(React.createElement(Page), document.getElementById("graphiql"));
