import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { _electron, type Page } from "@playwright/test";
import type { Vehicle } from "#test/e2e/vehicle.ts";

export const settled = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Looked for with each frame: whoever looks by and by is told up to a tenth of a second late. */
export const shown = (page: Page, selector: string) =>
  page.waitForFunction((one) => document.querySelector(one) !== null, selector, { polling: "raf" });

/** A window with nothing in it, ms until it is painted. */
export const emptyWindowMs = (vehicle: Vehicle): Promise<number> =>
  windowMs(vehicle, vehicle.newFolder("empty"), "p", 'window.loadURL("data:text/html,<p>empty");');

/**
 * The least that a desk could be, ms until it is painted: the picture of a queue as dead markup, without a line of code in it, and a
 * core that opens the database, reads one page of rows and stretches one PIN. What start a desk of this shape can reach at all.
 */
export function leastDeskMs(vehicle: Vehicle, markup: string, database: string): Promise<number> {
  const folder = vehicle.newFolder("least");
  writeFileSync(join(folder, "queue.html"), markup);
  writeFileSync(
    join(folder, "core.mjs"),
    `import { scrypt } from "node:crypto";
import Sqlite from ${JSON.stringify(join(vehicle.tree, "node_modules/better-sqlite3/lib/index.js"))};
const db = new Sqlite(${JSON.stringify(database)});
const rows = db.prepare("SELECT * FROM entity LIMIT 50").all();
const told = () => (process.parentPort ? process.parentPort.postMessage(rows.length) : process.send(rows.length));
scrypt("2580", Buffer.alloc(16), 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }, told);`,
  );
  const core = JSON.stringify(join(folder, "core.mjs"));
  const { CORE_NODE } = vehicle.env;
  const start = CORE_NODE
    ? `fork(${core}, { execPath: ${JSON.stringify(CORE_NODE)} })`
    : `utilityProcess.fork(${core})`;
  const page = JSON.stringify(join(folder, "queue.html"));
  return windowMs(
    vehicle,
    folder,
    "#told .queue .row .at-title",
    `window.loadFile(${page}).then(() => told).then(() => window.webContents.executeJavaScript("document.body.id = 'told'"));`,
    `const told = new Promise((resolve) => ${start}.once("message", resolve));`,
  );
}

/** What a page shows now, as markup alone, with its sheets in it. */
export async function pictureOf(page: Page, tree: string): Promise<string> {
  const markup = await page.evaluate(() => document.documentElement.outerHTML);
  const assets = join(tree, "out/renderer/assets");
  const sheets = readdirSync(assets).filter((name) => name.endsWith(".css"));
  const css = sheets.map((name) => readFileSync(join(assets, name), "utf8")).join("\n");
  const dead = markup.replace(/<script[\s\S]*?<\/script>|<link[^>]*>|<meta http-equiv[^>]*>/g, "");
  return `<!doctype html>${dead.replace("</head>", () => `<style>${css}</style></head>`)}`;
}

/** Starts an Electron that does `begin` when it is ready, opens its window and does `fill`; ms until `selector` is painted. */
async function windowMs(vehicle: Vehicle, folder: string, selector: string, fill: string, begin = ""): Promise<number> {
  const main = join(folder, "main.mjs");
  writeFileSync(join(folder, "package.json"), '{"name":"window","version":"0.0.0","main":"main.mjs"}');
  writeFileSync(
    main,
    // No await at the top: Electron is ready only when this module has been read. Like the desk it opens its window when the
    // driver is there: who waits for that and who does not would else be half of what is measured.
    `import { fork } from "node:child_process";
import { app, BrowserWindow, utilityProcess } from "electron";
const driver = new Promise((resolve) => { globalThis.__playwright_run = resolve; });
app.whenReady().then(async () => {
  ${begin}
  await driver;
  const window = new BrowserWindow({ width: 1366, height: 768 });
  ${fill}
});
`,
  );
  if (process.getuid?.() === 0) execFileSync("chown", ["-R", "--reference", folder, folder]);
  const from = performance.now();
  const app = await _electron.launch({
    executablePath: vehicle.executable,
    args: [main, "--disable-gpu"],
    chromiumSandbox: vehicle.sandbox,
    env: vehicle.env,
    cwd: vehicle.tree,
  });
  const page = await app.firstWindow();
  await shown(page, selector);
  await settled(page);
  const taken = performance.now() - from;
  await app.close();
  return taken;
}
