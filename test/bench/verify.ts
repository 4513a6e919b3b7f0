import { randomBytes, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openChain } from "#core/store/chain.ts";
import { exportChain } from "#core/store/chain-export.ts";
import { record } from "#core/store/commit.ts";
import { openDatabase } from "#core/store/database.ts";
import { verifyAhead } from "../../tools/verify/ahead.ts";
import { check } from "../../tools/verify/check.ts";
import { readExport } from "../../tools/verify/read.ts";
import { readKey } from "../../tools/verify/signature.ts";
import { figure, report } from "./report.ts";

/**
 * How long `npm run verify` takes for years of a log: reading the file and judging 100,000 entries, against the bare
 * verification of the same signatures in the same run (nothing can be quicker that checks them all).
 */
const wanted = Number(process.argv[2] ?? 100_000);
const street = "500118004";
const folder = mkdtempSync(join(tmpdir(), "zhishou-bench-verify-"));
const opened = openDatabase(join(folder, "desk.db"));
if (!opened.ok) throw new Error(opened.error.id);
const { db } = opened.value;
// What is measured is reading: the writing of the data needs no power cut in mind.
db.pragma("synchronous = OFF");
let at = Date.parse("2024-01-01T00:00:00Z");
let id = 0;
const begin = at;
openChain(db, { now: () => at, monotonic: () => at - begin, randomBytes });
const newId = () => `00000000-0000-7000-8000-${String(++id).padStart(12, "0")}`;
const officer = {
  id: "o1",
  name: "周文",
  grade: "admin",
  pool: "full_time",
  phone: "",
  post: "",
  active: true,
  publicKey: "",
} as const;
const wroteAt = performance.now();
db.transaction(() => {
  record(db, "officer.put", officer, { by: "setup", at, street, newId });
  for (let line = 0; line < wanted - 2; line++) {
    at += 600_000;
    const body = {
      id: newId(),
      kind: "note" as const,
      text: `第 ${line} 条：巡查${line % 7} 号点位，无异常，水位 ${line % 40} 厘米，已告知社区值班员`,
      callerName: "",
      callerPhone: "",
      unit: "",
      eventId: null,
      corrects: null,
      officerIds: [],
      assetIds: [],
    };
    const done = record(db, "log.write", body, { by: "o1", at, street, newId });
    if (!done.ok) throw new Error(done.error.id);
  }
})();
const writeMs = performance.now() - wroteAt;
const bytes = Buffer.concat([...exportChain(db, at)].map((line) => Buffer.from(line)));
db.close();
rmSync(folder, { recursive: true, force: true });
console.log(
  `${wanted} entries, ${(bytes.length / 2 ** 20).toFixed(0)} MiB, written in ${(writeMs / 1_000).toFixed(1)} s`,
);

const startedAt = performance.now();
const file = readExport(bytes);
if (typeof file === "number") throw new Error(`line ${file} of the export cannot be read`);
const told = check(file, [], undefined, { isSigned: await verifyAhead(file) });
const ourMs = performance.now() - startedAt;
if (told.bad || told.entries !== wanted) throw new Error(JSON.stringify(told));

const key = readKey(file.entries[0]?.entry.key);
if (!key) throw new Error("no key");
const bareAt = performance.now();
for (const { hash, sig } of file.entries)
  if (!verify(null, Buffer.from(hash, "hex"), key, Buffer.from(sig, "base64"))) throw new Error("a signature");
const bareMs = performance.now() - bareAt;
const seconds = ourMs / 1_000;
report({
  bench: "verify",
  ratio: { seconds, toBareSignatures: ourMs / bareMs },
  goal: { seconds: { most: 15 }, toBareSignatures: { most: 2 } },
  entries: wanted,
  bareSeconds: figure(bareMs / 1_000),
});
