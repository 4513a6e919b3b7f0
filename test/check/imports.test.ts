import { expect, test } from "vitest";
import { checkImports } from "../../tools/check/imports.ts";
import { plant, told } from "./tree.ts";

/** Each planted file breaks exactly the rule it is named after, by the kind of import people really write. */
const planted: Record<string, { text: string; breaks: string[] }> = {
  "shared/reaches-up.ts": { text: 'import "#core/core.ts";', breaks: ["shared-is-ground"] },
  "shared/reaches-node.ts": {
    text: 'import { readFileSync } from "node:fs"; readFileSync("");',
    breaks: ["shared-is-ground"],
  },
  "shared/takes-a-library.ts": { text: 'import "dayjs";', breaks: ["shared-is-ground"] },
  "shared/takes-a-type.ts": {
    text: 'import type { Core } from "#core/core.ts"; export type X = Core;',
    breaks: ["shared-is-ground"],
  },
  "electron/core/reaches-page.ts": { text: 'import "#renderer/page.tsx";', breaks: ["core-is-below"] },
  "electron/core/reaches-shell.ts": { text: 'export * from "../shell/main.ts";', breaks: ["core-is-below"] },
  "electron/core/takes-electron.ts": { text: 'import "electron";', breaks: ["electron-only-in-shell"] },
  "electron/core/takes-react.ts": { text: 'import "react";', breaks: ["core-knows-no-screen"] },
  "electron/web/takes-electron.ts": {
    text: 'import type { App } from "electron"; export type X = App;',
    breaks: ["electron-only-in-shell"],
  },
  "electron/web/back-door.ts": { text: 'import "#core/store/database.ts";', breaks: ["shell-uses-front-door"] },
  "electron/web/other-shell.ts": { text: 'import "../shell/main.ts";', breaks: ["shell-stays-home"] },
  "renderer/reaches-core.tsx": {
    text: 'import type { Core } from "#core/core.ts"; export const P = (_: { c: Core }) => <p />;',
    breaks: ["renderer-stays-home"],
  },
  "renderer/takes-node.ts": { text: 'import "node:path";', breaks: ["renderer-knows-no-node"] },
  "renderer/features/queue/takes-map.tsx": { text: 'import "../map/one.ts";', breaks: ["feature-apart"] },
  "renderer/features/queue/takes-map-late.tsx": {
    text: 'export const late = () => import("#renderer/features/map/one.ts");',
    breaks: ["feature-apart"],
  },
  "renderer/parts/looks-up.ts": { text: 'import "#renderer/features/map/one.ts";', breaks: ["parts-below-features"] },
  "renderer/features/queue/knows-leaflet.ts": {
    text: 'import { map } from "leaflet"; map("x");',
    breaks: ["one-corner-knows-leaflet"],
  },
  "renderer/parts/draws.ts": {
    text: 'import "@geoman-io/leaflet-geoman-free";',
    breaks: ["one-corner-knows-leaflet"],
  },
  "district/reaches-core.ts": { text: 'import "#core/core.ts";', breaks: ["district-stays-home"] },
  "district/takes-test.ts": {
    text: 'import "#test/seed.ts";',
    breaks: ["district-stays-home", "nothing-imports-test"],
  },
  "electron/core/takes-tool.ts": {
    text: 'import "../../tools/build.ts";',
    breaks: ["core-is-below", "product-imports-no-tools"],
  },
  "shared/ring-a.ts": { text: 'import { b } from "./ring-b.ts"; export const a = () => b;', breaks: ["no-cycle"] },
  "shared/ring-b.ts": {
    text: 'import { a } from "#shared/ring-a.ts"; export const b = () => a;',
    breaks: ["no-cycle"],
  },
  "shared/leads-nowhere.ts": { text: 'import "#shared/gone.ts";', breaks: ["no-unresolved"] },
  "shared/hides-an-import.ts": { text: 'export type X = import("#shared/fine.ts").Fine;', breaks: ["plain-form"] },
  "test/hides-an-import.ts": { text: 'export type X = typeof import("#shared/fine.ts");', breaks: ["plain-form"] },
};

/** What stands there by right; none of these may be told. */
const allowed: Record<string, string> = {
  "shared/fine.ts": 'import { z } from "zod"; export interface Fine { a: 1 } export const fine = z.string();',
  "shared/looks-back.ts": 'import type { Ahead } from "./ahead.ts"; export interface Back { ahead: Ahead }',
  "shared/ahead.ts": 'import type { Back } from "./looks-back.ts"; export interface Ahead { back: Back }',
  "electron/core/core.ts":
    'import "#shared/fine.ts"; import "node:fs"; import "./store/database.ts"; export interface Core { a: 1 }',
  "electron/core/store/database.ts": 'import "better-sqlite3";',
  "electron/shell/main.ts": 'import "electron"; import "#core/core.ts"; import "#shared/fine.ts"; import "node:path";',
  "electron/web/server.ts": 'import "fastify"; import "#core/core.ts"; import "#shared/fine.ts";',
  "renderer/page.tsx":
    'import "react"; import "#renderer/features/map/one.ts"; export const P = <T,>(t: T) => <p>{String(t)}</p>;',
  "renderer/features/map/one.ts":
    'import "#renderer/parts/fine.ts"; import type { Map } from "leaflet"; export type M = Map;',
  "renderer/features/map/knows-leaflet.ts": 'import { map } from "leaflet"; map("x");',
  "renderer/parts/fine.ts": 'import "#shared/fine.ts";',
  "district/main.ts": 'import "#shared/fine.ts"; import "node:http"; import "fastify";',
  "tools/build.ts": 'import "vite";',
  "test/seed.ts": 'import "#core/store/database.ts"; import "leaflet"; export const seed = 1;',
};

test("each import rule finds the violation planted for it, and nothing that is allowed", async () => {
  const files = Object.entries(planted).map(([file, { text }]) => [file, text] as const);
  const found = told(await checkImports(plant({ ...allowed, ...Object.fromEntries(files) })));
  const expected = Object.entries(planted).flatMap(([file, { breaks }]) =>
    breaks.map((rule) => `${file} imports ${rule}`),
  );
  // A cycle is told at one of its files.
  const settled = (lines: string[]) => [...new Set(lines.map((line) => line.replace("ring-b", "ring-a")))].sort();
  expect(settled(found)).toEqual(settled(expected));
});

test("a tree that keeps the rules has no problem", async () => {
  expect(await checkImports(plant(allowed))).toEqual([]);
});
