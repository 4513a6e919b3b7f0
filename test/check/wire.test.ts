import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkWire } from "../../tools/check/wire.ts";
import { plant, project, told } from "./tree.ts";

const messages = "shared/protocol/messages.ts";
const history = "shared/protocol/history.json";
const copied = ["shared", "tools/wire-hash.ts"];

/** The real wire, with one file changed. */
function changed(file: string, change: (text: string) => string): string {
  const text = change(readFileSync(join(project, file), "utf8"));
  expect(text, "the change bites").not.toBe(readFileSync(join(project, file), "utf8"));
  return plant({ [file]: text }, copied);
}

test("the wire of today is the newest line of its history", async () => {
  expect(await checkWire(plant({}, copied))).toEqual([]);
});

test.each([
  [
    "a field more",
    "deviceId: z.string().min(1).max(64),",
    "deviceId: z.string().min(1).max(64),\n  model: z.string(),",
  ],
  ["a field that may be missing", "more: z.boolean(),", "more: z.boolean().optional(),"],
  ["a longer list", "ops: z.array(opSchema).min(1).max(maxPushOps)", "ops: z.array(opSchema).min(1).max(501)"],
])("a message that changed without its version is told: %s", async (_name, from, to) => {
  const tree = changed(messages, (text) => text.replace(from, to));
  expect(told(await checkWire(tree))).toEqual([`${messages} wire hash`]);
});

test("a change inside an op is a change of the wire", async () => {
  const tree = changed("shared/op/op.ts", (text) =>
    text.replace("z.string().min(1).max(40)", "z.string().min(1).max(41)"),
  );
  expect(told(await checkWire(tree))).toEqual([`${messages} wire hash`]);
});

test("a version without its line, and a line without its version, are told", async () => {
  const bumped = changed(messages, (text) => text.replace(/protocolVersion = \d+/, "protocolVersion = 99"));
  expect(told(await checkWire(bumped))).toContain(`${history} wire version`);
  const tree = plant({}, copied);
  const lines = JSON.parse(readFileSync(join(tree, history), "utf8")) as object[];
  writeFileSync(join(tree, history), JSON.stringify([...lines, { version: 99, hash: "f".repeat(64) }]));
  expect(told(await checkWire(tree))).toEqual([
    `${history} wire history`,
    `${history} wire version`,
    `${messages} wire hash`,
  ]);
});

test("a missing history is told", async () => {
  expect(told(await checkWire(plant({ "shared/a.ts": "" })))).toEqual([`${history} wire history`]);
});
