/**
 * Who may import what: the rules of ARCHITECTURE.md. Run by `tools/check/imports.ts`.
 * The parser is swc: TypeScript 7 is native and has no classic API. `#room/*` paths come from package.json "imports".
 */

const packageOf = (name) => `(^|/)node_modules/${name}/`;
/** An import that leads nowhere is told once, as that. */
const nowhere = ["^#", "^\\.{1,2}/(?!.*node_modules/)"];
/** Libraries and Node's own modules have rules of their own. */
const elsewhere = (...rooms) => ({
  pathNot: [...rooms.map((room) => `^${room}`), "(^|/)node_modules/", ...nowhere],
  dependencyTypesNot: ["core"],
});

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycle",
      comment: "7: no import cycles",
      severity: "error",
      from: {},
      // A type that looks back is erased and cannot make two modules wait for each other.
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-unresolved",
      comment: "an import that leads nowhere would slip past every other rule",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "shared-is-ground",
      comment: "1: shared imports nothing outside itself but zod",
      severity: "error",
      from: { path: "^shared/" },
      to: { pathNot: ["^shared/", packageOf("zod"), ...nowhere] },
    },
    {
      name: "core-is-below",
      comment: "2: electron/core imports shared and itself, of ours",
      severity: "error",
      from: { path: "^electron/core/" },
      to: elsewhere("electron/core/", "shared/"),
    },
    {
      name: "core-knows-no-screen",
      comment: "2: no library of the screens in the core",
      severity: "error",
      from: { path: "^electron/core/" },
      to: { path: packageOf("(react|react-dom|antd|@ant-design|leaflet|react-leaflet|zustand)") },
    },
    {
      name: "electron-only-in-shell",
      comment: "3: the package electron is imported in electron/shell alone",
      severity: "error",
      from: { pathNot: ["^electron/shell/", "^tools/", "(^|/)node_modules/"] },
      to: { path: packageOf("electron") },
    },
    {
      name: "shell-uses-front-door",
      comment: "3: the shells import the core's front door (core.ts, ports.ts) and shared",
      severity: "error",
      from: { path: "^electron/(shell|web|host)/" },
      to: { path: "^electron/core/", pathNot: "^electron/core/(core|ports)\\.ts$" },
    },
    {
      name: "shell-stays-home",
      comment: "3: a shell imports itself, electron/host, the core's front door and shared",
      severity: "error",
      from: { path: "^electron/(shell|web|host)/" },
      to: elsewhere("electron/$1/", "electron/core/", "electron/host/", "shared/"),
    },
    {
      name: "renderer-stays-home",
      comment: "4: the renderer imports shared and itself",
      severity: "error",
      from: { path: "^renderer/" },
      to: elsewhere("renderer/", "shared/", "resources/icons/"),
    },
    {
      name: "renderer-knows-no-node",
      comment: "4: pages have no Node",
      severity: "error",
      from: { path: "^renderer/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "feature-apart",
      comment: "5: a feature never imports another feature; shared parts move down",
      severity: "error",
      from: { path: "^renderer/features/([^/]+)/" },
      to: { path: "^renderer/features/([^/]+)/", pathNot: "^renderer/features/$1/" },
    },
    {
      name: "parts-below-features",
      comment: "5: what is shared by features does not look up at them",
      severity: "error",
      from: { path: "^renderer/(parts|bridge|text|style)/" },
      to: { path: "^renderer/(features|app)/" },
    },
    {
      name: "district-stays-home",
      comment: "6: district imports shared and itself (and the data of resources/)",
      severity: "error",
      from: { path: "^district/" },
      to: elsewhere("district/", "shared/", "resources/"),
    },
    {
      name: "nothing-imports-test",
      comment: "7: nothing imports test",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    {
      name: "product-imports-no-tools",
      comment: "tools build the product, the product does not know them",
      severity: "error",
      from: { path: "^(shared|electron|renderer|district)/" },
      to: { path: "^tools/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(out|dist|coverage)/" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".json", ".css"],
      conditionNames: ["import", "node", "default", "types"],
      exportsFields: ["exports"],
    },
    combinedDependencies: true,
  },
};
