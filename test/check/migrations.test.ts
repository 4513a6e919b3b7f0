import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkMigrations, sealMigrations } from "../../tools/check/migrations.ts";
import { plant, told } from "./tree.ts";

const folder = "electron/core/store/migrations";
const two = {
  [`${folder}/0001-first.ts`]: "export const first = `CREATE TABLE a (b)`;",
  [`${folder}/0002-second.ts`]: "export const second = `CREATE TABLE c (d)`;",
  [`${folder}/index.ts`]: 'import "./0001-first.ts"; import "./0002-second.ts";',
  "tools/check/migrations.json": "{}",
};

function sealed(): string {
  const tree = plant(two);
  sealMigrations(tree);
  return tree;
}

test("numbered, listed and sealed migrations have no problem; sealing again adds nothing", async () => {
  const tree = sealed();
  expect(await checkMigrations(tree)).toEqual([]);
  expect(sealMigrations(tree)).toEqual([]);
});

test("an edited migration is told, and sealing does not hide it", async () => {
  const tree = sealed();
  writeFileSync(join(tree, folder, "0001-first.ts"), "export const first = `CREATE TABLE a (b, c)`;");
  const before = readFileSync(join(tree, "tools/check/migrations.json"), "utf8");
  sealMigrations(tree);
  expect(readFileSync(join(tree, "tools/check/migrations.json"), "utf8")).toBe(before);
  expect(told(await checkMigrations(tree))).toEqual([`${folder}/0001-first.ts migrations edited`]);
});

test("a new migration must be sealed and listed", async () => {
  const tree = sealed();
  writeFileSync(join(tree, folder, "0003-third.ts"), "export const third = ``;");
  expect(told(await checkMigrations(tree))).toEqual([
    `${folder}/0003-third.ts migrations unlisted`,
    `${folder}/0003-third.ts migrations unsealed`,
  ]);
});

test("a gap in the numbers and a migration that is gone are told", async () => {
  const tree = plant({
    [`${folder}/0001-first.ts`]: "",
    [`${folder}/0003-third.ts`]: "",
    "tools/check/migrations.json": JSON.stringify({ [`${folder}/0002-second.ts`]: "0".repeat(64) }),
  });
  expect(told(await checkMigrations(tree))).toContain(`${folder} migrations gap`);
  expect(told(await checkMigrations(tree))).toContain(`${folder}/0002-second.ts migrations gone`);
});
