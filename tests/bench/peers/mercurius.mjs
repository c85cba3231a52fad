// Fastify and Mercurius: JIT, loaders, SQL by hand in the resolvers, prepared statements.
//
//     node mercurius.mjs DATABASE_URL PORT

import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
// A Date would lose the microseconds.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => {
  const time = text.slice(11, -3);
  return `${text.slice(0, 10)}T${time.length > 8 ? time.padEnd(15, "0") : `${time}.000000`}+00:00`;
});

const schema = `
  type Query {
    package(by: Ref!): Package
    grid(by: Ref!): Grid
    grids(first: Int = 20): GridConnection!
    packages(
      where: PackageWhere, orderBy: [PackageOrder!]!, first: Int = 20, after: String
    ): PackageConnection!
  }
  type Package {
    databaseId: Int! title: String! slug: String! repoUrl: String repoDescription: String!
    repoWatchers: Int repoForks: Int pypiUrl: String pypiVersion: String documentationUrl: String
    commitsOver52: [Int!]! participants: [String!]! licenses: [String!]!
    developmentStatus: DevelopmentStatus score: Int!
    lastUpdated: String lastFetched: String created: String! modified: String!
    category: Category! grids: [Grid!]!
  }
  type Category { databaseId: Int! title: String! slug: String! }
  type Grid {
    databaseId: Int! title: String! slug: String! description: String!
    features: [Feature!]! packages(first: Int = 20): GridPackageConnection!
  }
  type Feature { title: String! description: String! }
  type GridPackageConnection { nodes: [Package!]! edges: [GridPackageEdge!]! }
  type GridPackageEdge { node: Package! cells: [Cell!]! }
  type Cell { text: String! verdict: Verdict! strength: Int! }
  type GridConnection { nodes: [Grid!]! }
  type PackageConnection {
    nodes: [Package!]! pageInfo: PageInfo! totalCount: Int! facets: PackageFacets!
  }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type PackageFacets {
    categories: [CategoryCount!]! licenses: [ValueCount!]!
    developmentStatuses: [ValueCount!]! repoHosts: [ValueCount!]!
  }
  type CategoryCount { count: Int! category: Category! }
  type ValueCount { count: Int! value: String! }
  enum DevelopmentStatus { PLANNING PRE_ALPHA ALPHA BETA STABLE MATURE INACTIVE }
  enum Verdict { YES NO TEXT UNKNOWN }
  enum PackageOrderField { REPO_WATCHERS SCORE }
  enum OrderDirection { DESC }
  input Ref { slug: String! }
  input PackageOrder { field: PackageOrderField! direction: OrderDirection! }
  input StringFilter { eq: String contains: String }
  input IntFilter { gte: Int! }
  input CategoryWhere { slug: StringFilter! }
  input PackageWhere { category: CategoryWhere repoWatchers: IntFilter title: StringFilter }
`;

const [, , url, port] = process.argv;
const pool = new pg.Pool({
  connectionString: url,
  options: "-c timezone=UTC -c jit=off -c random_page_cost=1.1",
});

const names = new Map();

/** The rows of a statement, which is prepared once a connection. */
async function rows(text, ...values) {
  if (!names.has(text)) names.set(text, `statement ${names.size}`);
  return (await pool.query({ name: names.get(text), text, values })).rows;
}

const columns = {
  c: { databaseId: "database_id", title: "title", slug: "slug" },
  g: { databaseId: "database_id", title: "title", slug: "slug", description: "description" },
  p: {
    databaseId: "database_id", title: "title", slug: "slug", repoUrl: "repo_url",
    repoDescription: "repo_description", repoWatchers: "repo_watchers", repoForks: "repo_forks",
    pypiUrl: "pypi_url", pypiVersion: "pypi_version", documentationUrl: "documentation_url",
    commitsOver52: "commits_over_52", participants: "participants", licenses: "licenses",
    developmentStatus: "development_status", score: "score", lastUpdated: "last_updated",
    created: "created", modified: "modified", category: "category_id",
  },
};
const lists = new WeakMap();

/** A table's key and those of its columns that are asked for anywhere below the field. */
function list(table, info) {
  const field = info.fieldNodes[0];
  if (!lists.has(field)) {
    const asked = new Set();
    const collect = (node) => {
      asked.add(node.name.value);
      node.selectionSet?.selections.forEach(collect);
    };
    collect(field);
    const named = Object.entries(columns[table]).filter(([name]) => asked.has(name));
    const spelled = named.map(([name, column]) => `, ${table}.${column} AS "${name}"`);
    lists.set(field, `${table}.id${spelled.join("")}`);
  }
  return lists.get(field);
}

/** For each key, the rows that have it in `of`. */
function grouped(keys, found) {
  const groups = new Map(keys.map((key) => [key, []]));
  for (const row of found) groups.get(row.of).push(row);
  return keys.map((key) => groups.get(key));
}

const ids = (queries) => queries.map(({ obj }) => obj.id);

/** A loader without its cache: it would find nothing twice here. */
const loader = (load) => ({ loader: load, opts: { cache: false } });

const loaders = {
  Package: {
    category: loader(async (queries) => {
      const keys = queries.map(({ obj }) => obj.category);
      const found = await rows(
        `SELECT ${list("c", queries[0].info)} FROM category c WHERE c.id = ANY($1)`,
        [...new Set(keys)],
      );
      const byKey = new Map(found.map((row) => [row.id, row]));
      return keys.map((key) => byKey.get(key));
    }),
    grids: loader(async (queries) => grouped(ids(queries), await rows(
      `SELECT m.package_id AS of, ${list("g", queries[0].info)}
      FROM grid_package m JOIN grid g ON g.id = m.grid_id
      WHERE m.package_id = ANY($1) ORDER BY g.title_folded, g.id`,
      [...new Set(ids(queries))],
    ))),
    lastFetched: loader(async (queries) => {
      const found = await rows(
        "SELECT package_id, last_fetched FROM ingest WHERE package_id = ANY($1)", ids(queries),
      );
      const byKey = new Map(found.map((row) => [row.package_id, row.last_fetched]));
      return ids(queries).map((key) => byKey.get(key));
    }),
  },
  Grid: {
    features: loader(async (queries) => grouped(ids(queries), await rows(
      `SELECT grid_id AS of, title, description
      FROM feature WHERE grid_id = ANY($1) ORDER BY position, id`,
      ids(queries),
    ))),
    packages: loader(async (queries) => {
      const [{ params, info }] = queries;
      const found = await rows(
        `SELECT p.* FROM unnest($1::bigint[]) asked(id) CROSS JOIN LATERAL (
          SELECT m.grid_id AS of, ${list("p", info)}
          FROM grid_package m JOIN package p ON p.id = m.package_id
          WHERE m.grid_id = asked.id ORDER BY p.title_folded, p.id LIMIT $2) p`,
        ids(queries), params.first,
      );
      return grouped(ids(queries), found).map((nodes) => ({
        nodes, edges: nodes.map((node) => ({ node, grid: node.of, package: node.id })),
      }));
    }),
  },
  GridPackageEdge: {
    cells: loader(async (queries) => {
      const keys = queries.map(({ obj }) => `${obj.grid} ${obj.package}`);
      return grouped(keys, await rows(
        `SELECT asked.grid || ' ' || asked.package AS of, coalesce(c.text, '') AS text,
          coalesce(c.verdict, 'UNKNOWN') AS verdict, coalesce(c.strength, 0) AS strength
        FROM unnest($1::bigint[], $2::bigint[]) asked(grid, package)
        JOIN feature f ON f.grid_id = asked.grid
        LEFT JOIN cell c ON c.package_id = asked.package AND c.feature_id = f.id
        ORDER BY f.position, f.id`,
        queries.map(({ obj }) => obj.grid), queries.map(({ obj }) => obj.package),
      ));
    }),
  },
};

const facet = (column, source = "") => async ({ where, values }) => rows(
  `SELECT ${column} AS value, count(*) AS count FROM package p${source}
  WHERE ${where} AND ${column} IS NOT NULL
  GROUP BY 1 ORDER BY count(*) DESC, ${column} COLLATE "C"`, ...values,
);

const resolvers = {
  Query: {
    async package(_, { by }, context, info) {
      const text = `SELECT ${list("p", info)} FROM package p WHERE p.slug_folded = $1`;
      return (await rows(text, by.slug.toLowerCase()))[0];
    },
    async grid(_, { by }, context, info) {
      const text = `SELECT ${list("g", info)} FROM grid g WHERE g.slug_folded = $1`;
      return (await rows(text, by.slug.toLowerCase()))[0];
    },
    async grids(_, { first }, context, info) {
      const text = `SELECT ${list("g", info)} FROM grid g ORDER BY g.title_folded, g.id LIMIT $1`;
      return { nodes: await rows(text, first) };
    },
    async packages(_, { where, orderBy: [order], first, after }, context, info) {
      const values = [];
      const bound = (value) => `$${values.push(value)}`;
      const conditions = ["true"];
      if (where?.category) {
        const slug = bound(where.category.slug.eq);
        conditions.push(`p.category_id = (SELECT id FROM category WHERE slug = ${slug})`);
      }
      if (where?.repoWatchers) conditions.push(`p.repo_watchers >= ${bound(where.repoWatchers.gte)}`);
      if (where?.title) {
        const contained = where.title.contains.toLowerCase().replace(/[\\%_]/g, "\\$&");
        conditions.push(`p.title_folded LIKE ${bound(`%${contained}%`)}`);
      }
      const filtered = { where: conditions.join(" AND "), values: [...values] };
      const key = order.field === "SCORE" ? "p.score" : "coalesce(p.repo_watchers, -1)";
      if (after) {
        const [, value, id] = JSON.parse(after);
        const last = bound(value);
        conditions.push(`${key} <= ${last} AND (${key} < ${last} OR p.id > ${bound(id)})`);
      }
      // Bound, LIMIT would be planned for anew each time.
      const found = await rows(
        `SELECT ${list("p", info)}, ${key} AS key FROM package p
        WHERE ${conditions.join(" AND ")} ORDER BY ${key} DESC, p.id LIMIT ${first + 1}`,
        ...values,
      );
      const nodes = found.slice(0, first);
      const last = nodes.at(-1);
      const endCursor =
        last && JSON.stringify([`Query.packages ${order.field} DESC`, last.key, last.id]);
      return { ...filtered, nodes, pageInfo: { hasNextPage: found.length > first, endCursor } };
    },
  },
  PackageConnection: {
    async totalCount({ where, values }) {
      return (await rows(`SELECT count(*) FROM package p WHERE ${where}`, ...values))[0].count;
    },
    facets: ({ where, values }) => ({ where, values }),
  },
  PackageFacets: {
    async categories({ where, values }) {
      const found = await rows(
        `SELECT count(*) AS count, c.database_id AS "databaseId", c.title, c.slug
        FROM package p JOIN category c ON c.id = p.category_id WHERE ${where}
        GROUP BY c.id ORDER BY count(*) DESC, c.title_folded, c.id`, ...values,
      );
      return found.map(({ count, ...category }) => ({ count, category }));
    },
    licenses: facet("license", ", json_array_elements_text(p.licenses) license"),
    developmentStatuses: facet("p.development_status"),
    repoHosts: facet("p.repo_host"),
  },
};

const app = Fastify();
app.register(mercurius, { schema, resolvers, loaders, jit: 1 });
await app.listen({ port: Number(port) });
