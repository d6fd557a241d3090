// Who may import whom. Every rule says where the code should go instead.
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const lowerRooms = {
  shops: [],
  catalog: ["shops"],
  inventory: ["shops", "catalog"],
  orders: ["shops", "catalog", "inventory"],
};
const rooms = Object.keys(lowerRooms);
// a battery of tests that every channel imports is a test too
const TESTS = "\\.test\\.tsx?$|/testing\\.ts$|^app/channels/contract\\.ts$";

module.exports = {
  forbidden: [
    rule(
      "no-circles",
      "Two files that need each other are one idea, or hide a third: move the shared part down.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "sandbox-imports-no-app",
      "The sandbox is the other side of the wire: it must not share the app's mistakes. Write it again in the sandbox's words.",
      { path: "^sandbox/" },
      { path: "^(app|scripts|bench)/" },
    ),
    rule(
      "extensions-talk-over-http",
      "An extension runs in Shopify's admin and talks to the app over HTTP only: ask an address of the app, and let it answer in final words.",
      { path: "^extensions/([^/]+)/" },
      { path: "^(app|sandbox|scripts|bench|tests|extensions/(?!$1/))" },
    ),
    rule(
      "nobody-imports-extensions",
      "Extensions are released by themselves; the house reads their bundle as a file. Only tests look inside.",
      { path: "^(app|sandbox|scripts|bench|server\\.ts|worker\\.ts)", pathNot: TESTS },
      { path: "^extensions/" },
    ),
    rule(
      "app-imports-no-sandbox",
      "The app does not know the sandbox exists; only tests, scripts and the preload do.",
      { path: "^(app/|server\\.ts|worker\\.ts)", pathNot: TESTS },
      { path: "^sandbox/" },
    ),
    rule(
      "platform-imports-nothing-of-ours",
      "Platform knows no product and no order. What needs them belongs to a room in app/domains.",
      { path: "^app/platform/", pathNot: TESTS },
      { path: "^(app/(?!platform/)|sandbox|scripts|bench)" },
    ),
    rule(
      "ui-imports-nothing-of-ours",
      "app/ui holds pieces without business knowledge; a room's own pieces belong to its ui folder.",
      { path: "^app/ui/", pathNot: TESTS },
      { path: "^app/(?!ui/|locales/)" },
    ),
    rule(
      "shopify-imports-platform-only",
      "The gateway to Shopify stands on platform alone; what it needs else is handed in.",
      { path: "^app/shopify/", pathNot: TESTS },
      { path: "^app/(?!shopify/|platform/)" },
    ),
    rule(
      "channel-imports-port-and-platform",
      "A channel knows the port and platform; tokens and shop data are handed in.",
      { path: "^app/channels/([^/]+)/", pathNot: TESTS },
      { path: "^app/(?!channels/port\\.ts|channels/$1/|platform/)" },
    ),
    rule(
      "only-a-channel-knows-its-wire",
      "Nobody outside app/channels/tiktok-shop may reach into it; ask through app/channels/port.ts.",
      { path: "^app/(?!channels/)", pathNot: `${TESTS}|^app/composition\\.server\\.ts$` },
      { path: "^app/channels/(?!port\\.ts)" },
    ),
    rule(
      "only-the-gateway-knows-graphql",
      "GraphQL lives in app/shopify; add a function to the gateway instead.",
      { path: "^app/(?!shopify/)|^(server|worker)\\.ts" },
      { path: "^app/shopify/(gql|operations)/|^node_modules/graphql" },
    ),
    rule(
      "routes-ask-services",
      "A route parses, authorises and asks the services: never a store, Prisma, BullMQ or a channel.",
      { path: "^app/routes/" },
      {
        path: "^app/(channels|platform/(db|queue|engine|postgres)|domains/[^/]+/(?!model|ui/))|^node_modules/(@prisma|bullmq|pg)/",
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "composition-is-for-doors",
      "Only doors, scripts and tests take services from the fuse box; elsewhere dependencies arrive as arguments.",
      { path: "^app/(?!routes/|entry)", pathNot: TESTS },
      { path: "^app/composition" },
    ),
    rule(
      "domains-get-living-things-handed-in",
      "A room imports gateways and channels as types only; the living things arrive in its deps.",
      { path: "^app/domains/", pathNot: TESTS },
      { path: "^app/(channels|shopify)/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "domains-import-model-of-shopify-and-port-only",
      "From outside a room sees app/channels/port.ts and app/shopify/model.ts, nothing else of them.",
      { path: "^app/domains/", pathNot: TESTS },
      { path: "^app/(channels/(?!port\\.ts)|shopify/(?!model\\.ts))" },
    ),
    rule(
      "domains-import-no-doors",
      "Rooms do not know routes, ui of others, or the fuse box.",
      { path: "^app/domains/", pathNot: TESTS },
      { path: "^app/(routes|composition)" },
    ),
    ...rooms.map((room) =>
      rule(
        `${room}-imports-lower-floors-as-types`,
        `${room} may import only index and model of ${lowerRooms[room].join(", ") || "no room"}, as types: declare the function type it needs and let composition hand it in.`,
        { path: `^app/domains/${room}/`, pathNot: TESTS },
        {
          path: "^app/domains/",
          pathNot: [
            `^app/domains/${room}/`,
            ...lowerRooms[room].map((low) => `^app/domains/${low}/(index\\.server|model)\\.ts$`),
          ].join("|"),
        },
      ),
    ),
    ...rooms.map((room) =>
      rule(
        `${room}-takes-lower-rooms-handed-in`,
        "Even a lower room's index is imported as a type only; the room itself arrives in deps.",
        { path: `^app/domains/${room}/`, pathNot: TESTS },
        {
          path: "^app/domains/[^/]+/index\\.server\\.ts$",
          pathNot: `^app/domains/${room}/`,
          dependencyTypesNot: ["type-only"],
        },
      ),
    ),
    rule(
      "scripts-use-doors",
      "Scripts and benches go through doors and platform, not into rooms.",
      { path: "^(scripts|bench)/" },
      { path: "^app/(domains|channels|shopify)/" },
    ),
    rule(
      "no-test-code-in-the-house",
      "Production code must not import tests.",
      { path: "^(app|sandbox|scripts|server\\.ts|worker\\.ts)", pathNot: TESTS },
      { path: "\\.test\\.tsx?$|^tests/" },
    ),
    rule(
      "no-undeclared-packages",
      "Declare the package in package.json.",
      // an extension's own package.json names what it ships with; its tests use the house's
      { path: "^(app|sandbox|scripts|bench|extensions|server\\.ts|worker\\.ts)", pathNot: "^extensions/[^/]+/tests/" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    rule(
      "no-dev-packages-in-the-app",
      "What runs in production belongs to dependencies.",
      { path: "^(app|server\\.ts|worker\\.ts)", pathNot: `${TESTS}|^app/routes\\.ts$` },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|\\.data|\\.cache|node_modules/\\.)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
