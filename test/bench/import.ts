import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createCore } from "#core/core.ts";
import { openDatabase } from "#core/store/database.ts";
import { filePieceMost, type ImportState, importChoicesSchema } from "#shared/contract.ts";
import { drawer } from "../seed.ts";
import { typingDelays } from "./import/typing.ts";
import { figure, quantile, report } from "./report.ts";

/**
 * An import of many rows of CSV through the core's front door, against the bare insert of the same rows into the same table in one
 * transaction, in the same run; how long another call of the desk waits meanwhile, and, in the real page, a key that is typed.
 * `npm run bench -- import [--rows 2000000]`
 */
const { values } = parseArgs({ options: { rows: { type: "string", default: "2000000" } } });
const rows = Number(values.rows);
const folder = mkdtempSync(join(tmpdir(), "zhishou-bench-import-"));
const csv = join(folder, "assets.csv");
const kinds = ["摄像头", "消火栓", "蓄水池", "涝点"];
const codes = ["camera", "hydrant", "pond", "waterlogging_point"];

function* things(): Generator<[string, number, string, number, number]> {
  const random = drawer(20261121);
  for (let i = 0; i < rows; i++) {
    const [town, around] = [Math.floor(random() * 40), random() * random() * 0.02];
    const angle = random() * 2 * Math.PI;
    const lng = 105.7 + (town % 8) * 0.05 + around * Math.cos(angle);
    const lat = 29.15 + Math.floor(town / 8) * 0.07 + around * Math.sin(angle);
    yield [`B-${i}`, i % 4, `资源点 ${i} 号`, Number(lng.toFixed(6)), Number(lat.toFixed(6))];
  }
}

async function writeCsv(): Promise<void> {
  const out = createWriteStream(csv);
  out.write("编号,类别,名称,状态,经度,纬度,网格,备注\n");
  let lines = "";
  for (const [code, kind, name, lng, lat] of things()) {
    lines += `${code},${kinds[kind]},${name},正常,${lng},${lat},第一网格,\n`;
    if (lines.length < 1 << 18) continue;
    if (!out.write(lines)) await once(out, "drain");
    lines = "";
  }
  out.end(lines);
  await once(out, "finish");
}

const seconds = (since: number): number => (performance.now() - since) / 1000;

/** The same rows, the same table and indexes, one transaction, nothing else. */
function bareInsert(): number {
  const opened = openDatabase(join(folder, "bare.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  const insert = db.prepare(
    `INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample, import, received, remark) VALUES (?, ?, ?, 'ok', ?, ?, '第一网格', 0, 1, '', '')`,
  );
  const since = performance.now();
  db.transaction(() => {
    for (const [code, kind, name, lng, lat] of things()) insert.run(code, codes[kind], name, lng, lat);
  })();
  const took = seconds(since);
  db.close();
  return took;
}

const profileDir = join(folder, "profile");
mkdirSync(profileDir);
await writeCsv();
const bare = bareInsert();
const core = await createCore({
  profileDir,
  resourcesDir: join(import.meta.dirname, "../../resources"),
  version: "bench",
  now: () => Date.now(),
  monotonic: () => performance.now(),
  randomBytes,
  log: (line) => console.log(line),
  demoStreet: "500118004",
});
async function call<T>(name: string, input: unknown = {}): Promise<T> {
  const outcome = await core.call(name, input);
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.id}`);
  return outcome.value as T;
}
async function until(phase: ImportState["phase"]): Promise<ImportState> {
  for (;;) {
    const { state } = await call<{ state: ImportState | null }>("import.state");
    if (state?.phase === phase) return state;
    if (state?.phase === "failed") throw new Error(JSON.stringify(state.error));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

await call("session.signIn", { pin: "2580" });
const { fileId } = await call<{ fileId: string }>("file.begin", { fileName: "assets.csv", bytes: statSync(csv).size });
const file = await open(csv);
for (let offset = 0; offset < statSync(csv).size; offset += filePieceMost) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(filePieceMost), 0, filePieceMost, offset);
  await call("file.piece", { fileId, offset, base64: buffer.subarray(0, bytesRead).toString("base64") });
}
await file.close();

const looked = performance.now();
const { importId } = await call<ImportState>("import.open", { fileId });
await until("ready");
await call("import.choose", {
  importId,
  choices: importChoicesSchema.parse({ system: "wgs84", takeNear: true, takeOutside: true }),
});
await until("ready");
const look = seconds(looked);

/** Somebody works at the desk meanwhile: a page of the queue, fifty times a second at most. */
const waits: number[] = [];
let working = true;
const work = (async () => {
  while (working) {
    const since = performance.now();
    await call("event.list", {});
    waits.push(performance.now() - since);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
})();
const since = performance.now();
await call("import.take", { importId });
const { done } = await until("done");
const take = seconds(since);
working = false;
await work;
const { total } = await call<{ total: number }>("asset.viewport", {
  west: 100,
  south: 25,
  east: 112,
  north: 33,
  zoom: 8,
});
await core.close();
const heap = readFileSync("/proc/self/status", "utf8").match(/VmHWM:\s+(\d+)/)?.[1];
const typed = await typingDelays(join(folder, "paged"), csv);
rmSync(folder, { recursive: true });

report({
  bench: "import",
  ratio: { take: take / bare, deskCallP99Ms: quantile(waits, 0.99), inputDelayP99Ms: quantile(typed.delays, 0.99) },
  goal: { take: { most: 3 }, deskCallP99Ms: { most: 100 }, inputDelayP99Ms: { most: 50 } },
  rows,
  taken: done,
  standing: total,
  bareInsertS: figure(bare),
  takeS: figure(take),
  twoLooksS: figure(look),
  deskCallP50Ms: figure(quantile(waits, 0.5)),
  deskCallMostMs: figure(quantile(waits, 1)),
  keysTyped: typed.delays.length,
  inputDelayP50Ms: figure(quantile(typed.delays, 0.5)),
  inputDelayMostMs: figure(quantile(typed.delays, 1)),
  takeWithPageS: figure(typed.takeS),
  peakMiB: Math.round(Number(heap ?? 0) / 1024),
});
