/**
 * Who may know whom. The rooms stand in the order of the house: each may use the doors of those above it in this list,
 * and nothing else of them; a lower room that must cause something above it enqueues a job.
 */
const rooms = [
  "account",
  "store",
  "catalog",
  "inventory",
  "address",
  "quote",
  "cart",
  "ledger",
  "payment",
  "order",
  "access",
  "placement",
  "shipment",
  "checkout",
  "seller",
  "webhook",
  "notify",
  "ops",
  "agent",
];

/** The pages' groups, and the folders of what they are made of: neither import each other. */
const groups = ["\\(store\\)", "\\(checkout\\)", "\\(account\\)", "\\(seller\\)", "\\(ops\\)", "design"];
const surfaces = ["catalog", "cart", "checkout", "library", "orders", "account", "help", "design", "sell", "ops"];

/** What every part of the shop may use, lowest first; each may use those before it. */
const grounds = ["(config|content-security)\\.ts$", "i18n/", "api/", "ui/", "address/", "refund-account/"];

const anyRoom = "^server/src/rooms/";
const test = "(\\.test\\.tsx?$|/conformance\\.ts$|(^|/)test/)";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const arrow = (name, from, mayUse) =>
  rule(
    name,
    `${from} may use nothing of ours but ${mayUse.join(", ") || "itself"}`,
    { path: from, pathNot: test },
    { path: "^(contracts|connectors|sandbox|server|web|tools|test)/", pathNot: [from, ...mayUse] },
  );

const roomRules = rooms.map((room, index) => {
  const above = rooms.slice(0, index).join("|");
  return rule(
    `room-${room}`,
    `${room} may use the doors of: ${rooms.slice(0, index).join(", ") || "no room"}`,
    { path: `${anyRoom}${room}/`, pathNot: test },
    {
      path: anyRoom,
      pathNot: [`${anyRoom}${room}/`, ...(index === 0 ? [] : [`${anyRoom}(${above})/index\\.ts$`])],
    },
  );
});

export default {
  forbidden: [
    rule("no-cycle", "a cycle has no ground floor, types included", {}, { circular: true }),
    // "server-only" is a word that Next itself understands; there is no such package here.
    rule("unresolvable", "an import that leads nowhere", {}, { couldNotResolve: true, pathNot: "^server-only$" }),
    rule(
      "known-room",
      "a room that has no place in the order of the house",
      { path: `${anyRoom}(?!(${rooms.join("|")})/)` },
      {},
    ),
    rule(
      "by-the-door",
      "everybody enters a room by its door, tests and programs too",
      { path: "^(server|tools|test|connectors|contracts)/", pathNot: `${anyRoom}|${test}` },
      { path: anyRoom, pathNot: "^server/src/rooms/[^/]+/(index\\.ts|[^/]+\\.sql\\.gen\\.ts)$" },
    ),
    arrow("kernel-is-a-leaf", "^server/src/kernel/", []),
    rule(
      "kernel-is-pure",
      "the kernel needs no package",
      { path: "^server/src/kernel/", pathNot: test },
      { path: "node_modules" },
    ),
    arrow("contracts-is-a-leaf", "^contracts/src/", []),
    rule(
      "contracts-knows-zod-alone",
      "server, web and clients all load it",
      { path: "^contracts/src/", pathNot: test },
      { path: "node_modules", pathNot: "node_modules/zod/" },
    ),
    arrow("platform-knows-no-room", "^server/src/platform/", ["^server/src/kernel/", "^contracts/src/"]),
    arrow("connectors-know-no-server", "^connectors/src/", ["^contracts/src/"]),
    arrow("sandbox-shares-http-alone", "^sandbox/src/", []),
    arrow("web-knows-contracts-alone", "^web/", ["^contracts/src/"]),
    arrow("server-knows-no-sandbox-or-web", "^server/src/", ["^contracts/src/", "^connectors/src/"]),
    ...roomRules,
    ...groups.map((group) =>
      rule(
        `pages-${group.replaceAll(/\W/g, "")}`,
        "groups of pages do not import each other",
        { path: `^web/src/app/${group}/` },
        { path: `^web/src/app/(${groups.join("|")})/`, pathNot: `^web/src/app/${group}/` },
      ),
    ),
    ...surfaces.map((surface) =>
      rule(
        `surface-${surface}`,
        "a surface takes of another what its index.ts lends, and nothing of the pages",
        { path: `^web/src/${surface}/` },
        {
          path: `^web/src/(${surfaces.join("|")}|app|shell)/`,
          pathNot: [`^web/src/${surface}/`, `^web/src/(${surfaces.join("|")})/index\\.ts$`],
        },
      ),
    ),
    ...grounds.map((ground, index) =>
      rule(
        `web-ground-${index}`,
        "what everything stands on knows nothing of what stands on it",
        { path: `^web/src/${ground}`, pathNot: test },
        {
          path: "^web/src/",
          pathNot: [...grounds.slice(0, index + 1).map((lower) => `^web/src/${lower}`), "^web/messages/"],
        },
      ),
    ),
    rule(
      "no-database-in-connectors",
      "a connector transforms; what it says is stored by placement",
      { path: "^(connectors|contracts)/" },
      { path: "node_modules/(pg|graphile-worker)/" },
    ),
  ],
  options: {
    // Type-only imports are arrows too: they carry knowledge.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|dist|\\.muse)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".json", ".css"],
    },
  },
};
