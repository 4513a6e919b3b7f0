import { randomBytes } from "node:crypto";
import { rmSync, writeSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { createCore } from "#core/core.ts";
import { contentPath } from "#core/files/contents.ts";
import { portsFor } from "../contract/desks.ts";

/**
 * An officer who attaches a photo, in a process that ends itself with -9 at a named point:
 * `attachment-writer <profile> <officer> <event> <point>`. `op-first` is the control: the op is recorded without its file.
 */
const [, , profileDir = "", officerId = "", eventId = "", point = ""] = process.argv;

const die = () => process.kill(process.pid, "SIGKILL");

/** Ends the process when this statement is about to run. */
function dieBefore(wanted: RegExp): void {
  const { prepare } = Sqlite.prototype;
  Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
    const statement = prepare.call(this, text);
    if (!wanted.test(text)) return statement;
    statement.run = (() => {
      die();
      // The signal is on its way; nothing more is written meanwhile.
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    }) as typeof statement.run;
    return statement;
  } as typeof prepare;
}

const core = await createCore(portsFor(profileDir));
async function ask(name: string, input: unknown): Promise<Record<string, never>> {
  const outcome = await core.call(name, input);
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.id}`);
  return outcome.value as Record<string, never>;
}

await ask("session.signIn", { officerId, pin: "2580" });
if (point === "staging") dieBefore(/INSERT INTO staged_attachment/);
const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(200_000)]);
const { fileId } = await ask("file.begin", { fileName: "a.jpg", bytes: bytes.length });
await ask("file.piece", { fileId, offset: 0, base64: bytes.toString("base64") });
if (point === "receiving") die();
const { staged } = (await ask("attachment.stage", { fileId, key: "intake", name: "a.jpg" })) as unknown as {
  staged: { id: string; sha256: string };
};
writeSync(1, `staged ${staged.id} ${staged.sha256}\n`);
if (point === "staged") die();
if (point === "recording") dieBefore(/INSERT INTO op /);
if (point === "op-first") {
  // The order that must not be: named, and the file not there yet.
  await ask("attachment.add", { eventId, ids: [staged.id] });
  rmSync(contentPath(profileDir, staged.sha256));
  die();
}
await ask("attachment.add", { eventId, ids: [staged.id] });
writeSync(1, `added ${staged.id}\n`);
die();
