import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkChain } from "#core/store/chain-check.ts";
import { check } from "../../../tools/verify/check.ts";
import { readExport } from "../../../tools/verify/read.ts";
import { drawer, seed } from "../../seed.ts";
import { remember } from "./forger.ts";
import { openHistory } from "./history.ts";

const histories = 200;
const steps = 16;
const root = join(import.meta.dirname, "../../..");
const noRest = async () => {};

test(`LG-4 LG-5: ${histories} honest histories (crash, offline, lost answers, key change, correction, erased words, clocks) raise no alarm, at the desk, at the district and in the verifier`, async () => {
  const draw = drawer(seed + 10);
  const alarms: string[] = [];
  const seen = { erased: 0, lost: 0, restarts: 0, keys: 0, jumps: 0, offline: 0 };
  for (let turn = 0; turn < histories; turn++) {
    const desk = await openHistory(draw);
    const lines: string[] = [];
    for (let step = 0; step < steps; step++) {
      const chance = draw();
      desk.pass(Math.floor(draw() * 600_000));
      if (chance < 0.45) lines.push(desk.note(`记事 ${step}`));
      else if (chance < 0.55) lines.push(desk.note("更正", lines.at(-1)));
      else if (chance < 0.62 && lines.length > 0) {
        desk.erase(lines.shift() ?? "");
        seen.erased += 1;
      } else if (chance < 0.67) {
        desk.changeKey();
        seen.keys += 1;
      } else if (chance < 0.73) {
        desk.restart();
        seen.restarts += 1;
      } else if (chance < 0.79) {
        desk.clock.wall += Math.floor((draw() - 0.5) * 10_000_000);
        seen.jumps += 1;
      } else if (chance < 0.83) {
        desk.pass(80 * 3_600_000);
        seen.offline += 1;
      } else {
        const lost = draw() < 0.4;
        if (lost) seen.lost += 1;
        const outcome = await desk.show(lost);
        if (outcome !== null && outcome !== "extends") alarms.push(`${turn}: the district says ${outcome}`);
      }
    }
    const { fault } = await checkChain(desk.db, noRest);
    if (fault) alarms.push(`${turn}: the desk says ${fault.why} at ${fault.seq}`);
    const { receipts, keys } = await desk.given();
    const report = check(desk.file(), receipts, keys);
    if (report.bad || report.verdict === "undecided") alarms.push(`${turn}: ${JSON.stringify(report)}`);
    desk.close();
  }
  expect(alarms).toEqual([]);
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(20);
}, 600_000);

test("LG-6: a bit of each byte of a small export turned round is found", async () => {
  const desk = await openHistory(drawer(seed + 11));
  try {
    desk.note("一");
    await desk.show();
    desk.erase(desk.note("二"));
    await desk.show();
    const bytes = Buffer.from(desk.text());
    const whole = readExport(bytes);
    const { receipts, keys } = await desk.given();
    expect(typeof whole === "number" ? whole : check(whole, receipts, keys)).toMatchObject({
      verdict: "sound",
      exit: 0,
    });
    const missed: number[] = [];
    const isSigned = remember();
    // Each byte in turn, each time the next of its eight bits.
    for (let place = 0; place < bytes.length; place++) {
      const bit = place * 8 + (place % 8);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << (bit & 7));
      const read = readExport(bytes);
      // The receipts and keys come from the district: what the file says of them is judged too.
      if (typeof read !== "number" && check(read, receipts, keys, { isSigned }).exit !== 1) missed.push(bit);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << (bit & 7));
    }
    expect(missed).toEqual([]);
  } finally {
    desk.close();
  }
}, 600_000);

test("LG-6: the program says with its code: 0 sound, 1 broken, 2 cannot decide, 3 a tail that waits too long", async () => {
  const desk = await openHistory(drawer(seed + 12));
  const verify = (...args: string[]): { code: number; said: Record<string, unknown> } => {
    try {
      const said = execFileSync(process.execPath, ["tools/verify.ts", "--json", ...args], {
        cwd: root,
        stdio: ["ignore", "pipe", "ignore"],
      });
      return { code: 0, said: JSON.parse(said.toString()) };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: Buffer };
      return { code: status, said: stdout.length > 0 ? JSON.parse(stdout.toString()) : {} };
    }
  };
  const write = (name: string, text: string): string => {
    writeFileSync(join(desk.dir, name), text);
    return join(desk.dir, name);
  };
  try {
    desk.note("一");
    await desk.show();
    const sound = write("sound.jsonl", desk.text());
    expect(verify("--export", sound)).toMatchObject({ code: 0, said: { verdict: "sound", trust: "export" } });
    expect(verify("--export", write("cut.jsonl", desk.text().slice(0, -40)))).toMatchObject({ code: 1 });
    expect(verify("--export", join(desk.dir, "none.jsonl"))).toMatchObject({ code: 2 });
    expect(verify("--export", sound, "--trust", write("nobody.jsonl", ""))).toMatchObject({
      code: 2,
      said: { verdict: "undecided" },
    });
    desk.note("二");
    desk.pass(71 * 3_600_000);
    expect(verify("--export", write("tail.jsonl", desk.text()))).toMatchObject({
      code: 0,
      said: { verdict: "unwitnessed", tail: { entries: 1 } },
    });
    desk.pass(2 * 3_600_000);
    expect(verify("--export", write("late.jsonl", desk.text()))).toMatchObject({ code: 3 });
  } finally {
    desk.close();
  }
});
