// PostGraphile 5: its preset over the same tables, and the order that the packages are read in.
//
//     node postgraphile.mjs DATABASE_URL PORT

import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { TYPES } from "postgraphile/@dataplan/pg";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { sql } from "postgraphile/pg-sql2";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { addPgTableOrderBy, orderByAscDesc } from "postgraphile/utils";

const [, , url, port] = process.argv;

// Ordered by the column itself, it would sort the whole table: the index is on the expression.
const stars = addPgTableOrderBy({ schemaName: "public", tableName: "package" }, () =>
  orderByAscDesc("STARS", (query) => ({
    fragment: sql`coalesce(${query.alias}.repo_watchers, -1)`,
    codec: TYPES.int,
  })),
);

const settings = "-c timezone=UTC -c jit=off -c random_page_cost=1.1";
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [stars],
  pgServices: [makePgService({ connectionString: url, poolConfig: { options: settings } })],
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(port), "127.0.0.1");
