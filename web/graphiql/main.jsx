import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import { addressed, defaultHeaders, fetchWithToken, tabs } from "./tabs.mjs";

import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";

// The editor's workers lie beside this script and bear the same version.
const script = document.currentScript.src;
globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const name = label === "json" || label === "graphql" ? label : "editor";
    return new Worker(script.replace("main.js", `${name}.worker.js`));
  },
};

const EXPLORER = explorerPlugin({ showAttribution: false });
const first = addressed();
const isFirstVisit = localStorage.getItem("graphiql:visiblePlugin") === null;

createRoot(document.getElementById("graphiql")).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: location.pathname, fetch: fetchWithToken })}
    plugins={[HISTORY_PLUGIN, EXPLORER]}
    visiblePlugin={isFirstVisit ? EXPLORER : undefined}
    defaultTabs={tabs()}
    defaultHeaders={defaultHeaders}
    defaultEditorToolsVisibility={Boolean(first?.variables)}
    initialQuery={first?.query}
    initialVariables={first?.variables}
  />,
);
