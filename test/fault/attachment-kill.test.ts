import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCore } from "#core/core.ts";
import { holdsContent } from "#core/files/contents.ts";
import type { CallName, InputOf, OutputOf } from "#shared/contract.ts";
import { newFolder, portsFor, root } from "../contract/desks.ts";

/** kill -9 at the four places between a photo and its op; after each, what stands is held against the disk. */
const profileDir = newFolder("attachment-kill");
let officerId = "";
let eventId = "";

async function withDesk<T>(
  work: (ask: <N extends CallName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>) => Promise<T>,
) {
  const core = await createCore(portsFor(profileDir));
  try {
    return await work(async (name, input) => {
      const outcome = await core.call(name, input);
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error.id}`);
      return outcome.value as never;
    });
  } finally {
    await core.close();
  }
}

beforeAll(async () => {
  await withDesk(async (ask) => {
    const officers = [{ name: "王建国", grade: "leader", pin: "2580" }] as const;
    await ask("setup.desk", { street: "500118004", deskName: "一号席", officers: [...officers] });
    officerId = (await ask("session.officers", {})).officers[0]?.id ?? "";
    await ask("session.signIn", { officerId, pin: "2580" });
    eventId = (await ask("event.report", { text: "路灯不亮" })).event.id;
  });
}, 30_000);
afterAll(() => rmSync(profileDir, { recursive: true, force: true }));

function live(point: string): string {
  const writer = join(root, "test/fault/attachment-writer.ts");
  const done = spawnSync(process.execPath, [writer, profileDir, officerId, eventId, point], { encoding: "utf8" });
  expect([done.signal, done.stderr.replace(/^.*ExperimentalWarning.*\n.*\n/m, "")]).toEqual(["SIGKILL", ""]);
  return done.stdout;
}

const filesThere = () =>
  readdirSync(join(profileDir, "attachments"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

/** AT-4: every attachment that the desk names has its whole file. */
const unheld = () =>
  withDesk(async (ask) => {
    await ask("session.signIn", { officerId, pin: "2580" });
    const { items } = await ask("attachment.list", { eventId });
    const staged = (await ask("attachment.staged", { key: "intake" })).items;
    const named = [...items, ...staged];
    return {
      items: items.length,
      staged: staged.length,
      without: named.filter(({ sha256, bytes }) => !holdsContent(profileDir, sha256, bytes)).length,
    };
  });

test("AT-4, AT-5: a kill anywhere between a file and its op leaves no op without its file; files of a form stay", async () => {
  live("receiving");
  expect(await unheld()).toEqual({ items: 0, staged: 0, without: 0 });
  expect(readdirSync(join(profileDir, "incoming"))).toEqual([]);
  live("staging");
  expect(await unheld()).toEqual({ items: 0, staged: 0, without: 0 });
  // The stray of that life: not swept before it is a day old, and then it is.
  expect(filesThere()).toHaveLength(1);
  for (const { parentPath, name } of filesThere()) utimesSync(join(parentPath, name), 1, 1);
  expect(await unheld()).toEqual({ items: 0, staged: 0, without: 0 });
  expect(filesThere()).toHaveLength(0);
  live("staged");
  expect(await unheld()).toEqual({ items: 0, staged: 1, without: 0 });
  live("recording");
  expect(await unheld()).toEqual({ items: 0, staged: 2, without: 0 });
  live("added");
  expect(await unheld()).toEqual({ items: 1, staged: 2, without: 0 });
}, 60_000);

test("the control: an op that is recorded before its file is found", async () => {
  live("op-first");
  expect((await unheld()).without).toBe(1);
}, 30_000);
