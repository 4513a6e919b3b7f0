import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import Sqlite from "better-sqlite3";
import { createCore } from "#core/core.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import { realPorts } from "../real-ports.ts";
import { drawer } from "../seed.ts";

/**
 * An officer in a hurry, in a process that will be killed: signs in, reports, acts and writes through the core's front
 * door as fast as it can, and tells the parent each saved thing AFTER its call answered. Bundled and started by
 * `crash.test.ts`: `crash-writer <profile> <resources> <seed> [op-outside]`.
 */
const [, , profileDir = "", resourcesDir = "", seedText = "0", sabotage = ""] = process.argv;
const draw = drawer(Number(seedText));

/** Straight into the pipe: what was written is with the parent even if this process ends in the same instant. */
function tell(...words: string[]): void {
  try {
    writeSync(1, `${words.join(" ")}\n`);
  } catch {
    // The parent is gone: nobody counts any more.
    process.exit(0);
  }
}

if (sabotage === "op-outside") writeOpsOutside();

/**
 * The control: takes the op out of the transaction that writes state and log line, and writes it right after. The suite
 * must find the difference, or it proves nothing.
 */
function writeOpsOutside(): void {
  const { prepare, transaction } = Sqlite.prototype;
  const late: (() => void)[] = [];
  let depth = 0;
  Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
    const statement = prepare.call(this, text);
    if (/^\s*INSERT INTO op\b/.test(text)) {
      const write = statement.run.bind(statement) as (values: unknown[]) => unknown;
      statement.run = ((...values: unknown[]) => {
        late.push(() => write(values));
        return { changes: 1, lastInsertRowid: 0 };
      }) as typeof statement.run;
    }
    return statement;
  } as typeof prepare;
  Sqlite.prototype.transaction = function (this: Sqlite.Database, work: (...args: unknown[]) => unknown) {
    const whole = transaction.call(this, work) as (...args: unknown[]) => unknown;
    return (...args: unknown[]) => {
      depth += 1;
      try {
        return whole(...args);
      } finally {
        depth -= 1;
        if (depth === 0) for (const write of late.splice(0)) write();
      }
    };
  } as unknown as typeof transaction;
}

const core = await createCore({
  profileDir,
  resourcesDir,
  version: "0.0.0-test",
  ...realPorts,
  demoStreet: "500118004",
});

async function ask(name: string, input: unknown): Promise<Record<string, unknown>> {
  const outcome = await core.call(name, input);
  if (!outcome.ok) {
    tell("broken", name, outcome.error.id);
    process.exit(3);
  }
  return outcome.value as Record<string, unknown>;
}

/** What usually comes next, so that lives of events are long. */
const lead = { kind: "post", name: "交通巡逻岗" };
const next: Record<string, readonly [EventAction, object][]> = {
  reported: [["accept", {}]],
  accepted: [
    ["assess", { board: "safety", category: "x", level: "urgent", lead }],
    ["assign", { lead }],
    ["void", { reason: "重复" }],
  ],
  assessed: [
    ["assign", { lead }],
    ["whistle", { whistleKind: "daily", to: "交通委", text: "请到场" }],
  ],
  assigned: [
    ["acknowledge", {}],
    ["return", { reason: "退" }],
  ],
  handling: [["feedback", { text: "到场" }]],
  whistled: [["feedback", { text: "已到" }]],
  fed_back: [
    ["verify", {}],
    ["return", { reason: "未清" }],
  ],
  verified: [["close", { result: "清除" }]],
  closed: [["reopen", { reason: "回潮" }]],
};

tell("open");
const { demoPin } = (await ask("system.status", {})) as { demoPin: string };
await ask("session.signIn", { pin: demoPin });
// Who is killed keeps nothing at its end: without this each life compiles everything anew.
flushCompileCache();
tell("in");
const standing: { id: string; state: string }[] = [];
for (;;) {
  const event = standing[Math.floor(draw() * standing.length)];
  const ways = event && next[event.state];
  const chance = draw();
  if (chance < 0.15) {
    const { id } = (await ask("log.write", { kind: "note", text: `记事 ${standing.length}` })) as { id: string };
    tell("log", id);
  } else if (chance < 0.45 || !event || !ways) {
    const { event: made } = (await ask("event.report", { text: `事件 ${standing.length}` })) as {
      event: { id: string; number: string };
    };
    standing.push({ id: made.id, state: "reported" });
    tell("event", made.id, "reported", made.number);
  } else {
    const [action, given] = ways[Math.floor(draw() * ways.length)] ?? ["accept", {}];
    const { event: after } = (await ask("event.transition", { id: event.id, action, given })) as {
      event: { state: string };
    };
    event.state = after.state;
    tell("event", event.id, after.state);
  }
}
