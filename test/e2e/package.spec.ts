import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { listPackage } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { packageDesk } from "../../tools/package.ts";
import { expect, deskTest as test } from "./desk.ts";
import { launchDesk, testVehicle } from "./electron-app.ts";
import { root } from "./vehicle.ts";

/** Highest C library the shipped native modules may ask for; older domestic systems need them built from source. */
const newestGlibc = 34;

test.describe.configure({ mode: "serial" });
let product = "";

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const vehicle = testVehicle();
  test.skip(!vehicle, "no Electron can be had on this machine");
  if (vehicle) product = await packageDesk({ kind: "dir", testVehicle: true, output: vehicle.newFolder("package") });
  product = join(product, "linux-unpacked");
});

test("the package holds the desk, this machine's database, and nothing of the workshop", () => {
  const archive = listPackage(join(product, "resources/app.asar"), { isPack: false }).map((file) =>
    file.replaceAll(sep, "/"),
  );
  expect(archive).toEqual(
    expect.arrayContaining(["/package.json", "/out/renderer/index.html", "/out/shell/preload.cjs"]),
  );
  expect(archive.filter((file) => /^\/(test|tools|shared|electron|renderer|district)\//.test(file))).toEqual([]);
  expect(archive.filter((file) => /^\/node_modules\/(?!better-sqlite3(\/|$))./.test(file))).toEqual([]);
  const files = filesIn(product);
  expect(files.filter((file) => file.endsWith(".node")).map((file) => file.split("/").at(-1))).toEqual([
    `linux-${process.arch}.node`,
  ]);
  expect(files.filter((file) => file.endsWith("default_app.asar"))).toEqual([]);
  expect(files).toContain("resources/app.asar.unpacked/out/shell/core.mjs");
  expect(files.some((file) => file.startsWith("resources/desk/districts/"))).toBe(true);
});

test("the native module starts on the C library we promise", () => {
  for (const file of filesIn(product).filter((name) => name.endsWith(".node"))) {
    const asked = [...readFileSync(join(product, file), "latin1").matchAll(/GLIBC_2\.(\d+)/g)].map((found) =>
      Number(found[1]),
    );
    expect(Math.max(...asked), file).toBeLessThanOrEqual(newestGlibc);
  }
});

test("the fuses are what a release has, but for the test's own door", async () => {
  const wire = await getCurrentFuseWire(join(product, "zhishou"));
  const on = Object.entries(FuseV1Options)
    .filter(([, index]) => typeof index === "number" && wire[index as FuseV1Options] === FuseState.ENABLE)
    .map(([name]) => name)
    .sort();
  expect(on).toEqual([
    "EnableCookieEncryption",
    "EnableEmbeddedAsarIntegrityValidation",
    "EnableNodeCliInspectArguments",
    "OnlyLoadAppFromAsar",
  ]);
  expect(readFileSync(join(root, "electron-builder.yml"), "utf8")).toContain("enableNodeCliInspectArguments: false");
});

test("a release knows neither the test's Node nor a start without sandbox", async () => {
  const { buildDesk } = await import("../../tools/build.ts");
  await buildDesk({ flavour: "release", only: ["main"] });
  const release = readFileSync(join(root, "out/shell/main.mjs"), "utf8");
  const code = release.replace(/\/\*\*[\s\S]*?\*\//g, "");
  for (const word of ["CORE_NODE", "child_process", "getuid"]) expect(code.includes(word), word).toBe(false);
  expect(code.includes("require-trusted-types-for")).toBe(true);
});

test("the packed desk opens, and its core answers from the database", async () => {
  const desk = await launchDesk({ packed: join(product, "zhishou") });
  try {
    const outcome = await desk.page.evaluate(() =>
      (window as unknown as { desk: { call(name: string, input: unknown): Promise<string> } }).desk.call(
        "system.status",
        {},
      ),
    );
    expect(JSON.parse(outcome)).toMatchObject({
      ok: true,
      value: { phase: "setup", sqlite: expect.stringMatching(/^3\./) },
    });
  } finally {
    await desk.close();
  }
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
}
