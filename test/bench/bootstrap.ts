import { appendFileSync, createReadStream, mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { v7 } from "uuid";
import { applyPulled, readCursor } from "#core/store/outbox.ts";
import { opKinds } from "#shared/op/kinds.ts";
import type { LedgerOp, Op } from "#shared/op/op.ts";
import { maxPullRows, maxPushOps } from "#shared/protocol/messages.ts";
import { enrolDevices, openAsker } from "#test/fault/door/devices.ts";
import { figure, report } from "./report.ts";
import { plannedOps, street } from "./sync/ops.ts";
import { compare, enrolled, open, runUntil, startDistrict } from "./sync/ours.ts";

/**
 * `npm run bench -- bootstrap [--events 200000] [--quick]`: a fresh desk of a street gets all that the district holds of it, over loopback and TLS;
 * beside it another fresh desk takes the same rows from a file on its own disk, page by page, judged and written the same way.
 */
const { values } = parseArgs({
  options: { events: { type: "string" }, quick: { type: "boolean", default: false } },
});
const events = Number(values.events ?? (values.quick ? 20_000 : 200_000));
const limitMs = 900_000;
const at = 1_795_000_000_000;

const folder = mkdtempSync(join(tmpdir(), "zhishou-bootstrap-"));
const district = await startDistrict(join(folder, "district"));
const pages = join(folder, "pages.ndjson");

/** Brings the events into the district's order, and writes down what its pages would hold. */
async function fill(): Promise<number> {
  const { devices, ca } = await enrolDevices(district.url, 1, [street]);
  const [device] = devices;
  if (!device) throw new Error("no desk");
  const ask = openAsker(district.url, ca, device, new Agent({ keepAlive: true, ca }));
  let seq = 0;
  let ops: Op[] = [];
  async function send(): Promise<void> {
    const { status, body } = await ask("/v1/push", { ops });
    if (status !== 200 || body.includes('"refused"') || body.includes('"later"')) throw new Error(body.slice(0, 300));
    for (let from = 0; from < ops.length; from += maxPullRows) {
      const page = ops.slice(from, from + maxPullRows).map((op): LedgerOp => ({ ...op, no: op.seq, confirmedAt: at }));
      appendFileSync(pages, `${JSON.stringify(page)}\n`);
    }
    ops = [];
  }
  for (const { kind, body } of plannedOps(Number.POSITIVE_INFINITY)) {
    if (kind === "event.act") continue;
    const by = kind === "officer.put" ? "setup" : "officer-1";
    ops.push({ id: v7(), kind, v: opKinds[kind].v, street, device: device.id, seq: ++seq, at, by, body });
    if (ops.length === maxPushOps) await send();
    if (seq > events) break;
  }
  if (ops.length > 0) await send();
  return seq;
}

/** A desk that has the rows on its own disk. */
async function importLocally(): Promise<number> {
  const db = open(join(folder, "local.db"));
  const startedAt = performance.now();
  for await (const line of createInterface({ input: createReadStream(pages) })) {
    const ops = JSON.parse(line) as LedgerOp[];
    applyPulled(db, ops, ops.at(-1)?.no ?? readCursor(db));
  }
  const ms = performance.now() - startedAt;
  db.close();
  return ms;
}

try {
  console.log(`${events} events into the district's order`);
  const head = await fill();
  console.log("the same rows from a file");
  const localMs = await importLocally();
  console.log("a fresh desk, from the district");
  const db = open(join(folder, "fresh.db"));
  await enrolled(db, district.url, Number(new URL(district.url).port));
  const pulledMs = await runUntil(db, (store) => store.cursor() >= head, limitMs);
  const differing = compare(db, district.file);
  db.close();
  console.log(`from a file ${figure(localMs / 1_000)} s, from the district ${figure(pulledMs / 1_000)} s`);
  report({
    bench: "bootstrap",
    ratio: { pull_of_local_import: pulledMs / localMs, differing_contents: differing },
    goal: { pull_of_local_import: { most: 2 }, differing_contents: { most: 0 } },
    events,
    localS: figure(localMs / 1_000),
    pulledS: figure(pulledMs / 1_000),
  });
} finally {
  district.child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
