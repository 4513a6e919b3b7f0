import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check, type Skipped, type Why } from "../../../tools/verify/check.ts";
import { drawer, seed } from "../../seed.ts";
import { remember, reseal, resign, reword } from "./forger.ts";
import { type EntryLine, type Export, type History, openHistory } from "./history.ts";

const entries = 1_000;
const mutations = 1_000;
const covered = 990;
/** Mutations begin here: what lies before is as good as any, and need not be signed again a thousand times. */
const deep = 700;

let desk: History;
let other: History;
let file: Export;
let old: Export;
let foreign: Export;
let trueKey: KeyObject;
const stranger = generateKeyPairSync("ed25519").privateKey;

const remembered = remember();
/** What the forger signed need not be verified to know whether it is by the true key. */
const told = (by: KeyObject) => (hash: string, sig: string) => remembered.known(hash, sig, trueKey, by === trueKey);
let given: Awaited<ReturnType<History["given"]>>;
const judge = (one: Export, skipped?: Skipped) =>
  check(one, given.receipts, given.keys, { isSigned: remembered, ...(skipped ? { skipped } : {}) });

async function fill(history: History, upTo: number, every: number): Promise<void> {
  for (let line = history.file().entries.length; line < upTo; line++) {
    history.pass(60_000);
    history.note(`第 ${line} 条 巡查无异常`);
    if (line % every === 0) await history.show();
  }
}

beforeAll(async () => {
  desk = await openHistory(drawer(seed));
  other = await openHistory(drawer(seed + 1));
  await fill(other, 60, 1_000);
  foreign = other.file();
  await fill(desk, 700, 200);
  old = desk.file();
  await fill(desk, covered, 200);
  expect(await desk.show()).toBe("extends");
  await fill(desk, entries, 5_000);
  file = desk.file();
  trueKey = desk.key();
  given = await desk.given();
}, 300_000);
afterAll(() => {
  desk.close();
  other.close();
});

/** What is done to the entries, somewhere below the last receipt. */
const ways: Record<string, (lines: EntryLine[], at: number, draw: () => number) => EntryLine[]> = {
  edit: (lines, at) => lines.with(at, reword(lines[at] as EntryLine, `${lines[at]?.body}改`)),
  "edit a fact": (lines, at) => {
    const line = lines[at] as EntryLine;
    return lines.with(at, { ...line, entry: { ...line.entry, officer: "somebody" } });
  },
  delete: (lines, at) => lines.toSpliced(at, 1),
  insert: (lines, at) => lines.toSpliced(at, 0, reword(lines[at] as EntryLine, "补记")),
  swap: (lines, at) => {
    const to = Math.min(at + 1, covered - 1);
    const from = to === at ? at - 1 : at;
    return lines.with(from, lines[to] as EntryLine).with(to, lines[from] as EntryLine);
  },
  truncate: (lines, at) => lines.slice(0, at),
  "roll back": () => [...old.entries],
  graft: (lines, at, draw) => {
    const piece = foreign.entries.slice(1 + Math.floor(draw() * 40));
    return [...lines.slice(0, at), ...piece, ...lines.slice(at + piece.length)].slice(0, lines.length);
  },
  renumber: (lines, at) =>
    lines.map((line, index) => (index < at ? line : { ...line, entry: { ...line.entry, seq: line.entry.seq + 1 } })),
  "re-sign": (lines) => lines,
};

/** How far the forger goes to hide it. */
const hands = ["as it is", "sealed anew", "chained anew", "chained by another key"] as const;

function forge(way: string, at: number, hand: (typeof hands)[number], draw: () => number): Export {
  const lines = ways[way]?.([...file.entries], at, draw) ?? [];
  if (way === "re-sign")
    return reseal(file, resign(lines, at, stranger, told(stranger)), draw() < 0.5 ? stranger : trueKey);
  if (hand === "as it is") return { ...file, entries: lines };
  if (hand === "sealed anew") return reseal(file, lines, trueKey);
  const from = Math.max(0, Math.min(at, lines.length) - 1);
  const key = hand === "chained anew" ? trueKey : stranger;
  return reseal(file, resign(lines, from, key, told(key)), key);
}

test(`LG-6: ${mutations} mutations of ${entries} entries where a receipt covers them, by hands without a key, with the true key and with another: none is called sound`, () => {
  expect(judge(file)).toMatchObject({ verdict: "unwitnessed", exit: 0, witnessed: covered, tail: { entries: 10 } });
  const draw = drawer(seed + 2);
  const kinds = Object.keys(ways);
  const missed: string[] = [];
  for (let turn = 0; turn < mutations; turn++) {
    const way = kinds[turn % kinds.length] ?? "";
    const at = deep + Math.floor(draw() * (covered - 1 - deep));
    const hand = hands[Math.floor(draw() * hands.length)] ?? "as it is";
    const forged = forge(way, at, hand, draw);
    // Renumbered and then chained anew is the file that it was.
    const same = way === "renumber" && hand === "chained anew";
    const found = judge(forged);
    if (same ? found.exit !== 0 : found.exit !== 1 || !found.bad) missed.push(`${way} at ${at}, ${hand}`);
  }
  expect(missed).toEqual([]);
}, 600_000);

test("LG-6: a tail that no receipt covers, rewritten with the true key, is called unwitnessed and never sound", () => {
  const draw = drawer(seed + 3);
  for (let turn = 0; turn < 50; turn++) {
    const at = covered + Math.floor(draw() * (entries - covered));
    const lines = file.entries.with(at, reword(file.entries[at] as EntryLine, `改写 ${turn}`));
    const found = judge(reseal(file, resign(lines, covered, trueKey), trueKey));
    expect(found).toMatchObject({ verdict: "unwitnessed", witnessed: covered, tail: { entries: entries - covered } });
  }
});

test("the control: a verifier that leaves out one check lets a forgery pass that the whole one finds", () => {
  const at = 500;
  const line = file.entries[at] as EntryLine;
  const forgeries: [Why | "body" | "seal", Export][] = [
    ["fork", reseal(file, resign(file.entries.with(at, reword(line, "改写")), at, trueKey), trueKey)],
    ["behind-receipt", reseal(file, file.entries.slice(0, covered - 1), trueKey)],
    ["body", reseal(file, file.entries.with(at, { ...line, body: "改写" }), trueKey)],
    ["sig", reseal(file, file.entries.with(at, { ...line, sig: file.entries[at - 1]?.sig ?? "" }), trueKey)],
    ["seal", { ...file, entries: file.entries.slice(0, covered + 3) }],
  ];
  for (const [why, forged] of forgeries) {
    expect(judge(forged).exit, why).toBe(1);
    expect(judge(forged, new Set([why])).exit, `without ${why}`).not.toBe(1);
  }
});
