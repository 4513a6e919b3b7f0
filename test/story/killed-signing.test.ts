import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../contract/desks.ts";
import { answeredDraft } from "../handover-input.ts";
import { forget, openTestDesk } from "../unit/core/desk.ts";

/** The same handover with the link down and the process killed inside its two transactions, write by write. */
const pin = "2580";
/** 20:26 in China. */
const evening = Date.parse("2026-11-21T12:26:00Z");
const items = 3;
let sample: string;
beforeAll(async () => {
  const desk = await openTestDesk();
  await desk.close();
  sample = desk.profileDir;
});
const copies: string[] = [];
afterAll(() => [sample, ...copies].forEach(forget));

/** Lets a writer hand over until it dies at its `write`-th write; what it was told had been saved. */
async function handOverUntil(write: number): Promise<{ profile: string; told: string[] }> {
  const profile = `${sample}-${write}`;
  copies.push(profile);
  cpSync(sample, profile, { recursive: true });
  const args = [join(root, "test/story/signing-writer.ts"), profile, join(root, "resources")];
  const child = spawn(process.execPath, [...args, String(evening), String(write)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const signal = await new Promise<string | null>((resolve) => child.once("close", (_code, by) => resolve(by)));
  if (signal !== "SIGKILL") throw new Error(`the writer ended by itself at write ${write}`);
  return { profile, told: said.split("\n").slice(0, -1) };
}

/** Every op has its line, its place in the chain and its number; nothing stands alone. */
function tornIn(profile: string): string[] {
  const db = new Sqlite(join(profile, "desk.db"));
  const rows = (text: string) => db.prepare(text).pluck().all() as (string | number)[];
  const torn = [
    ...rows("SELECT id FROM op WHERE id NOT IN (SELECT id FROM duty_log)").map((id) => `op ${id} has no line`),
    ...rows("SELECT log_id FROM chain WHERE log_id NOT IN (SELECT id FROM duty_log)").map((id) => `chain ${id}`),
    ...rows("SELECT id FROM duty_log WHERE id IN (SELECT id FROM op) AND id NOT IN (SELECT log_id FROM chain)").map(
      (id) => `line ${id} is not chained`,
    ),
    ...rows("SELECT seq FROM op ORDER BY seq").flatMap((seq, index) => (seq === index + 1 ? [] : [`gap at ${seq}`])),
  ];
  db.close();
  return torn;
}

/** What stands after the kill, and after the people have gone on with it. */
async function goOn(profile: string): Promise<{ phase: string; given: number }> {
  const desk = await openTestDesk({ profileDir: profile, now: evening });
  try {
    await desk.get("session.signIn", { pin });
    const draft = await desk.get("handover.draft");
    const { handoverId, phase } = draft;
    const ours = async () => (await desk.get("carry.list")).items.filter((item) => item.handoverId === handoverId);
    const given = (await ours()).length;
    const of = (side: "outgoing" | "incoming") =>
      draft.record[side].find(({ role }) => role === "shift_leader")?.officerId ?? "";
    const { carryOver: left } = draft.record;
    const mine = { id: null, text: "盯住茶竹路涝点", eventId: null, toOfficerId: of("incoming") };
    const carryOver = [...left.map(({ id, text, eventId, toOfficerId }) => ({ id, text, eventId, toOfficerId })), mine];
    const sign = { handoverId, pin };
    if (phase === "draft")
      await desk.get("handover.sign", {
        ...sign,
        side: "outgoing",
        officerId: of("outgoing"),
        ...answeredDraft(draft),
        carryOver,
      });
    if (phase !== "sealed") await desk.get("handover.sign", { ...sign, side: "incoming", officerId: of("incoming") });
    const { handover, check } = await desk.get("handover.get", { id: handoverId });
    expect(handover.phase).toBe("sealed");
    expect(check).toEqual({ outgoing: "sound", incoming: "sound" });
    expect((await ours()).map(({ state }) => state).sort()).toEqual(["accepted", "waiting", "waiting"]);
    return { phase, given };
  } finally {
    await desk.close();
  }
}

test("HO-1 HO-2 HO-12 OP-3: killed at any write of the signatures, with the link down, a signature stands whole or not at all, and the people go on where they were", async () => {
  // First a life that is killed only after the end: how many writes there are.
  const whole = await handOverUntil(0);
  const [outgoing = 0, incoming = 0] = whole.told.map((line) => Number(line.split(" ")[1]));
  expect(incoming).toBeGreaterThan(outgoing + 20);
  const stood: Record<string, number> = {};
  const among = (first: number, last: number, count: number) =>
    Array.from({ length: count }, (_, index) => Math.round(first + ((last - first) * index) / (count - 1)));
  const fatal = [...among(1, outgoing, 3), ...among(outgoing + 1, incoming, 5)];
  for (const pair of fatal.flatMap((write, index) => (index % 2 === 0 ? [[write, fatal[index + 1] ?? write]] : []))) {
    const lives = await Promise.all(pair.map(handOverUntil));
    for (const { profile, told } of [...lives]) {
      expect(tornIn(profile)).toEqual([]);
      const { phase, given } = await goOn(profile);
      stood[phase] = (stood[phase] ?? 0) + 1;
      const acknowledged = told.at(-1)?.split(" ")[0];
      if (acknowledged === "outgoing") expect(phase, "an acknowledged signature is never lost").not.toBe("draft");
      if (acknowledged === "incoming") expect(phase).toBe("sealed");
      expect(given, "items are given with the signature, all or none").toBe(phase === "sealed" ? items : 0);
    }
  }
  expect(tornIn(whole.profile)).toEqual([]);
  expect(await goOn(whole.profile)).toEqual({ phase: "sealed", given: items });
  console.log(`killed at writes ${fatal.join(", ")} of ${incoming}: stood ${JSON.stringify(stood)}`);
  expect(Object.keys(stood).length, "the kills fell in both signatures").toBeGreaterThan(1);
}, 120_000);
