import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import yongchuan from "../resources/districts/500118/divisions.json" with { type: "json" };
import { type Arguments, readArguments, usage } from "./arguments.ts";
import { revokeDevice } from "./auth/devices.ts";
import { readReceiptKey } from "./auth/receipt-key.ts";
import { InUse, OtherStore } from "./data-dir.ts";
import { type DistrictOptions, makeCodeIn, placeOf, startDistrict } from "./district.ts";
import { exportReceipts } from "./ledger/witness.ts";
import { askDistrict, Refused } from "./operator/ask.ts";
import { openAudit } from "./store/audit.ts";
import { backUp, NoBackup, restore } from "./store/backup.ts";
import { type Divisions, readIdentity } from "./store/meta.ts";
import { NewerStore } from "./store/migrations/index.ts";
import { isAway, openStore } from "./store/open.ts";

/** Longest time to finish what is being answered when asked to end. */
const closeLimitMs = 4_000;

function optionsOf(asked: Arguments): DistrictOptions {
  const divisions: Divisions =
    asked.divisions === undefined ? yongchuan : (JSON.parse(readFileSync(asked.divisions, "utf8")) as Divisions);
  return {
    ...asked,
    divisions,
    databaseUrl: asked.embedded ? undefined : process.env.DATABASE_URL || undefined,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    log: (line) => console.error(line),
  };
}

/** A district beside a desk plays one that is far away: it takes nothing of this machine that the desk could use. */
function standBehindTheDesk(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where that is not allowed they share.
  }
}

async function run(asked: Arguments): Promise<void> {
  const options = optionsOf(asked);
  if (asked.revoke !== undefined) return revoke(options, asked.revoke);
  if (asked.receipts) return receipts(options);
  if (asked.backup !== undefined || asked.restore !== undefined) return copies(options, asked);
  if (asked.codeFor !== undefined) return code(options, asked.codeFor);
  if (asked.streets) return operate(asked, "");
  if (asked.ask !== undefined) return operate(asked, `/${asked.ask}/duty-check`, questionOf(asked));
  if (asked.presence !== undefined) return operate(asked, `/${asked.presence}/presence`);
  if (asked.rules !== undefined)
    return operate(asked, `/${asked.forStreet}/presence-rules`, JSON.parse(readFileSync(asked.rules, "utf8")));
  if (asked.table !== undefined)
    return operate(asked, `/${asked.forStreet}/table`, JSON.parse(readFileSync(asked.table, "utf8")));
  if (asked.whistles !== undefined) return operate(asked, `/${asked.whistles}/whistles`);
  if (asked.whistle !== undefined) return operate(asked, `/${asked.whistle}/whistle`, stepOf(asked));
  if (asked.dispatch !== undefined) return operate(asked, `/${asked.dispatch}/dispatch`, matterOf(asked));
  if (asked.dispatched !== undefined) return operate(asked, `/${asked.dispatched}/dispatched`);
  if (asked.recall !== undefined) return operate(asked, `/${asked.recall}/dispatch-step`, wordOf(asked, "recall"));
  if (asked.insist !== undefined) return operate(asked, `/${asked.insist}/dispatch-step`, wordOf(asked, "insist"));
  if (asked.embedded) standBehindTheDesk();
  const district = await startDistrict(options);
  let ending = false;
  function end() {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), closeLimitMs).unref();
    void district.close().then(() => process.exit(0));
  }
  process.on("SIGTERM", end).on("SIGINT", end);
  if (asked.withParent) {
    process.once("disconnect", end);
    if (process.send === undefined) process.stdin.resume().once("end", end).once("error", end);
  }

  const wanted = asked.codes || district.isNew ? district.streets : [];
  const codes: object[] = [];
  for (const { code, name } of wanted) codes.push({ street: code, name, code: await district.makeCode(code) });
  const { url, pageUrl: page, serverId, fingerprint: ca } = district;
  process.stdout.write(`${JSON.stringify({ url, page, serverId, ca, codes })}\n`);
}

async function code(options: DistrictOptions, street: string): Promise<void> {
  const made = await makeCodeIn(options, street);
  if (!made) throw new Plain(`没有这个镇街：${street}`, `There is no street ${street}`);
  process.stdout.write(`${JSON.stringify({ street, code: made })}\n`);
}

const questionOf = ({ words, operator, minutes }: Arguments) => ({
  ...(words === undefined ? {} : { words }),
  ...(operator === undefined ? {} : { operator }),
  ...(minutes === undefined ? {} : { answerMinutes: minutes }),
});

const stepOf = ({ event, step, to, people, words, operator }: Arguments) => ({
  event,
  step,
  to,
  people,
  words,
  operator,
});

const matterOf = ({ title, level, category, place, want, words, minutes, operator }: Arguments) => ({
  title,
  level,
  category,
  text: words,
  requirement: want,
  limitMin: minutes,
  operator,
  ...(place === undefined ? {} : { place: { text: place } }),
});

const wordOf = ({ event, words, operator }: Arguments, step: string) => ({ event, step, words, operator });

/** Asks the running district, as its operator, and prints what it says. */
async function operate({ dataDir }: Arguments, path: string, body?: unknown): Promise<void> {
  try {
    const told = await askDistrict(dataDir, `/operator/streets${path}`, body);
    process.stdout.write(`${JSON.stringify(told)}\n`);
  } catch (error) {
    if (!(error instanceof Refused))
      throw new Plain(`这个区中心没有在运行：${dataDir}`, `No district is running on ${dataDir}`);
    const { id, field = "" } = error.problem;
    if (id === "setup.unknown_street")
      throw new Plain(`没有这个镇街：${path.split("/")[1]}`, `There is no street ${path.split("/")[1]}`);
    throw new Plain(`区中心没有接受：${id} ${field}`.trim(), `The district refused it: ${id} ${field}`.trim());
  }
}

async function revoke(options: DistrictOptions, device: string): Promise<void> {
  const store = await openStore(placeOf(options));
  const done = await revokeDevice(store.db, device, options.now());
  if (done) await openAudit(store.db, options.now)("revoked", device, "");
  await store.close();
  if (!done) throw new Plain(`没有这个在册席位：${device}`, `There is no enrolled device ${device}`);
}

/** For `npm run verify --receipts --trust`: what the district itself has signed, not what a desk says of it. */
async function receipts(options: DistrictOptions): Promise<void> {
  const store = await openStore(placeOf(options));
  const { serverId } = await readIdentity(store, options.divisions, () => "");
  for await (const line of exportReceipts(store.db, serverId, readReceiptKey(options.dataDir)))
    process.stdout.write(line);
  await store.close();
}

/** Backup and restore of a ledger that lies in a file; PostgreSQL brings its own. */
async function copies(options: DistrictOptions, { backup, restore: from = "" }: Arguments): Promise<void> {
  if ("url" in placeOf(options))
    throw new Plain(
      "数据在 PostgreSQL 里：请用 pg_dump 备份、pg_restore 恢复，恢复后用 --restored 启动",
      "The ledger is in PostgreSQL: back it up with pg_dump, restore it with pg_restore, then start with --restored",
    );
  if (backup !== undefined) {
    await backUp(options.dataDir, backup);
    process.stdout.write(`${JSON.stringify({ backup })}\n`);
    return;
  }
  const epoch = Buffer.from(options.randomBytes(16)).toString("hex");
  const { head, kept } = await restore(options.dataDir, from, { now: options.now, epoch });
  process.stdout.write(`${JSON.stringify({ restored: from, epoch, head, kept })}\n`);
}

/** A cause that a person can do something about, in both languages. */
class Plain extends Error {
  constructor(zh: string, en: string) {
    super(`${zh}。 ${en}.`);
  }
}

/** The one sentence on stderr for what can go wrong at start. */
function sentenceOf(error: unknown, asked: Arguments | undefined): string {
  const { code = "", message, port } = error as { code?: string; message: string; port?: number };
  const dir = asked?.dataDir ?? "";
  if (error instanceof Plain) return message;
  if (!asked) return `参数不对：${message}。 Bad arguments: ${message}. ${usage}`;
  if (error instanceof InUse) return `数据目录正被另一个区中心使用：${dir}。 Another district is running on ${dir}.`;
  if (error instanceof OtherStore)
    return `数据目录与数据库不是同一个区中心的，或数据库是空的：${dir}。请核对 DATABASE_URL 和 --data，或从备份恢复。 The data folder and the database belong to two districts, or the database is empty: check DATABASE_URL and --data, or restore a backup.`;
  if (error instanceof NoBackup)
    return `这个文件不是完好的区中心备份：${message}。 This file is not a whole backup of a district: ${message}.`;
  if (error instanceof NewerStore) return `数据由更新版本写成，请升级后再启动。 ${message} Upgrade it first.`;
  if (code === "EADDRINUSE") return `端口 ${port} 已被占用，请换一个。 Port ${port} is taken; choose another.`;
  if (code === "EACCES" && message.includes("listen")) return `不允许使用端口 ${port}。 Port ${port} may not be used.`;
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOSPC", "SQLITE_CANTOPEN", "SQLITE_READONLY"].includes(code))
    return `数据目录不可写：${dir}。 The data folder cannot be written: ${dir}.`;
  if (isAway(error) || /^(28|3D)/.test(code))
    return `连不上 PostgreSQL：${message}。请检查 DATABASE_URL 和数据库服务。 PostgreSQL cannot be reached: check DATABASE_URL and the server.`;
  return `区中心没有启动：${message}。 The district did not start: ${message}.`;
}

// The reader of the ready line may be gone; that is no reason to end.
process.stdout.on("error", () => {});
let asked: Arguments | undefined;
try {
  asked = readArguments(process.argv.slice(2));
  await run(asked);
} catch (error) {
  // Written out first; then the end does not wait for a channel to a parent.
  process.stderr.write(`${sentenceOf(error, asked)}\n`, () => process.exit(1));
}
