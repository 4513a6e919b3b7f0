import { writeSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { createCore } from "#core/core.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import { answeredDraft } from "../handover-input.ts";
import { realPorts } from "../real-ports.ts";

/**
 * Hands over with both signatures and is killed (-9) at a chosen write of them, with the district out of reach. Started by
 * `killed-signing.test.ts`: `signing-writer <profile> <resources> <now> <write>`; each signature tells its name AFTER it was
 * answered.
 */
const [, , profileDir = "", resourcesDir = "", now = "0", fatal = "0"] = process.argv;

let counting = false;
let writes = 0;
/** The process dies before the chosen write of the signatures reaches the database. */
const { prepare } = Sqlite.prototype;
Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
  const statement = prepare.call(this, text);
  if (/^\s*(INSERT|UPDATE|DELETE)/.test(text)) {
    const run = statement.run.bind(statement) as (...values: unknown[]) => Sqlite.RunResult;
    statement.run = ((...values: unknown[]) => {
      if (counting && ++writes === Number(fatal)) process.kill(process.pid, "SIGKILL");
      return run(...values);
    }) as typeof statement.run;
  }
  return statement;
} as typeof prepare;

const core = await createCore({
  profileDir,
  resourcesDir,
  version: "test",
  ...realPorts,
  now: () => Number(now),
  // Nobody listens there: the link is down all the while.
  districtUrl: "https://127.0.0.1:9",
});
async function ask<T>(name: string, input: unknown): Promise<T> {
  const outcome = await core.call(name, input);
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.id}`);
  return outcome.value as T;
}
const pin = "2580";
await ask("session.signIn", { pin });
const draft = await ask<HandoverDraft>("handover.draft", {});
const of = (side: "outgoing" | "incoming") =>
  draft.record[side].find(({ role }) => role === "shift_leader")?.officerId ?? "";
const carryOver = [
  ...draft.record.carryOver.map(({ id, text, eventId, toOfficerId }) => ({ id, text, eventId, toOfficerId })),
  { id: null, text: "盯住茶竹路涝点", eventId: null, toOfficerId: of("incoming") },
];
const sign = { handoverId: draft.handoverId, pin };
counting = true;
for (const side of ["outgoing", "incoming"] as const) {
  const more = side === "outgoing" ? { ...answeredDraft(draft), carryOver } : {};
  await ask("handover.sign", { ...sign, side, officerId: of(side), ...more });
  writeSync(1, `${side} ${writes}\n`);
}
process.kill(process.pid, "SIGKILL");
