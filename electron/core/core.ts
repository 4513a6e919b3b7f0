import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CallRow } from "#shared/contract/call.ts";
import { type CallName, contract, type ParsedOf, type SystemStatus, type Topic } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { wellFormed } from "#shared/lib/text.ts";
import { hourMs } from "#shared/lib/time.ts";
import { setUpDesk } from "./commands/setup.ts";
import type { Answer, Desk } from "./desk.ts";
import { spareContents } from "./files/contents.ts";
import { openDesk } from "./open-desk.ts";
import type { Core, CorePorts, Notice, Outcome } from "./ports.ts";
import { fetchAhead } from "./random.ts";
import { deskCalls, type HostCall } from "./run-call.ts";
import { becomeSample, demoPin, sampleStreet } from "./sample/sample.ts";
import { beat } from "./session/keep-watch.ts";
import { touch, worksWhileLocked } from "./session/lock.ts";
import { takeAssetNews } from "./store/asset-news.ts";
import { takeChangedGround } from "./store/asset-shapes.ts";
import { carryOverAtRest } from "./store/at-rest.ts";
import { noteDesk, openChain } from "./store/chain.ts";
import { gradeOf } from "./store/commit.ts";
import { closeDatabase, type Db, type OpenDatabase, openDatabase, readFailure } from "./store/database.ts";
import { readMeta } from "./store/meta.ts";
import { listSnapshots, restoreSnapshot, takeSnapshot } from "./store/snapshot.ts";
import { readDivision, readTables } from "./tables.ts";

/** How often the desk looks whether it is asked, idle or due: often enough for a clock that shows seconds. */
const beatMs = 2_000;
/** A beat waits so long at most for a hand that takes one step after the other. */
const beatHeldMs = 500;
/** Between two portions of what a desk at rest sweeps up: soon over, and a call that comes meanwhile hardly waits. */
const betweenPortionsMs = 60;
/** After a call the desk counts as being asked for so long. */
const askedMs = 1_000;
/** Shortest time between two notices to the pages. */
const betweenNoticesMs = 40;

function everyBeat(work: () => void): () => void {
  const timer = setInterval(work, beatMs).unref();
  return () => clearInterval(timer);
}

/** Where the core stands: a desk, a new profile that waits for the first choice, or a database that cannot be used. */
type Phase =
  | { readonly name: "ready"; readonly open: OpenDatabase; readonly desk: Desk }
  | { readonly name: "setup"; readonly open: OpenDatabase }
  | { readonly name: "recovery"; readonly error: DeskError };

/** The officer's door: signed in, still in the register, not locked, and of a grade that may. A command is a sign of life. */
function mayWork(desk: Desk, call: CallName): DeskError | null {
  const { officer, lockedAt } = desk.session;
  const grade = officer && gradeOf(desk.db, officer.id);
  if (!officer || !grade) {
    desk.session.officer = null;
    return deskError("session.required");
  }
  const row: CallRow = contract[call];
  if (lockedAt !== null && !worksWhileLocked.has(call)) return deskError("session.locked");
  if (row.grades && !row.grades.includes(grade)) return deskError("session.not_allowed");
  if (row.kind === "command" && lockedAt === null) touch(desk);
  return null;
}

/** Half a character in any word of an input would keep a handover from being signed: it does not come in. */
function wholeText(input: unknown): unknown {
  if (typeof input === "string") return wellFormed(input);
  if (Array.isArray(input)) return input.map(wholeText);
  if (typeof input !== "object" || input === null || ArrayBuffer.isView(input)) return input;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, wholeText(value)]));
}

/** Opens the profile and answers the contract. The one front door of `electron/core`. */
export async function createCore(given: CorePorts): Promise<Core> {
  const ports = { ...given, randomBytes: fetchAhead(given.randomBytes) };
  const file = join(ports.profileDir, "desk.db");
  /** Says that this profile held a desk once: a missing database is then a loss to recover from, never a fresh start. */
  const marker = join(ports.profileDir, "desk.json");
  const listeners = new Set<(notice: Notice) => void>();
  const pending = new Set<Topic>();
  let telling: ReturnType<typeof setTimeout> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let phase: Phase = openPhase();
  let lastSeq = 0;
  const snapshots = setInterval(snapshotIfChanged, hourMs);
  snapshots.unref();
  let sweeping: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const endBeat = (ports.every ?? everyBeat)(() => {
    if (ports.calm) void ports.calm(beatHeldMs).then(beatNow);
    else beatNow();
  });

  function beatNow(): void {
    if (closed) return;
    unseen("beat", ({ desk, open }) => {
      beat(desk);
      sweepUp(open.db);
    });
  }

  /** Work of the desk that nobody has asked for: what goes wrong in it is a line of the log. */
  function unseen(name: string, work: (ready: Phase & { name: "ready" }) => void): void {
    if (phase.name !== "ready") return;
    try {
      work(phase);
    } catch (error) {
      ports.log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }

  /** One portion after the other while nobody asks for anything; what is left then waits for a later beat. */
  function sweepUp(db: Db): void {
    clearTimeout(sweeping);
    if (!carryOverAtRest(db) || isAsked()) return;
    sweeping = setTimeout(() => unseen("sweep", ({ open }) => sweepUp(open.db)), betweenPortionsMs).unref();
  }

  function isAsked(): boolean {
    return ports.monotonic() - askedAt < askedMs;
  }

  /** The first news is told at once; what follows on its heels is told together, so that a flood does not drown the pages. */
  function notify(...topics: Topic[]): void {
    for (const topic of topics) pending.add(topic);
    if (telling) return;
    const wait = toldAt + betweenNoticesMs - ports.monotonic();
    const calm = wait <= 0 || wait > betweenNoticesMs;
    telling = setTimeout(tell, calm ? 0 : wait).unref();
  }

  function tell(): void {
    telling = undefined;
    toldAt = ports.monotonic();
    const { tiles, turned } = phase.name === "ready" ? takeAssetNews(phase.open.db) : { tiles: [], turned: [] };
    if (tiles.length > 0 || turned.length > 0) pending.add("asset");
    if (phase.name === "ready" && takeChangedGround(phase.open.db)) pending.add("ground");
    const notice: Notice = {
      topics: [...pending],
      ...(tiles.length > 0 ? { tiles } : {}),
      ...(turned.length > 0 ? { turned } : {}),
    };
    pending.clear();
    for (const listener of listeners) listener(notice);
  }

  function openPhase(): Phase {
    if (existsSync(marker) && !existsSync(file))
      return { name: "recovery", error: deskError("profile.broken", { detail: "missing" }) };
    const opened = openDatabase(file, (db) => takeSnapshot(db, ports.profileDir, ports.now()));
    if (!opened.ok) return { name: "recovery", error: opened.error };
    openChain(opened.value.db, ports);
    if (readMeta(opened.value.db, "street") === null) return { name: "setup", open: opened.value };
    return enterDesk(opened.value);
  }

  function enterDesk(open: OpenDatabase): Phase {
    if (!existsSync(marker))
      writeFileSync(marker, JSON.stringify({ street: readMeta(open.db, "street") }), { mode: 0o600 });
    return { name: "ready", open, desk: openDesk(ports, open.db, notify, isAsked) };
  }

  /** LG-3: whoever reads the log sees that the desk went on from an older copy. */
  function noteRestore({ db, street }: Desk, wanted: string | null): void {
    noteDesk(db, street.code, {
      kind: "desk.restore",
      zh: "数据库已从备份恢复，备份之后的记录可能不在本机",
      en: "The database was restored from a snapshot; what came after it may not be here",
      facts: { file: wanted ?? "" },
    });
  }

  function snapshotIfChanged(): void {
    if (phase.name !== "ready") return;
    const seq = (phase.open.db.prepare("SELECT coalesce(max(row), 0) FROM duty_log").pluck().get() as number) ?? 0;
    if (seq === lastSeq) return;
    try {
      takeSnapshot(phase.open.db, ports.profileDir, ports.now());
      lastSeq = seq;
    } catch (error) {
      ports.log(`snapshot failed: ${readFailure(error)}`);
    }
  }

  function status(): SystemStatus {
    const open = phase.name === "recovery" ? null : phase.open;
    const desk = phase.name === "ready" ? phase.desk : null;
    return {
      phase: phase.name,
      version: ports.version,
      node: process.versions.node,
      sqlite: open ? (open.db.prepare("SELECT sqlite_version()").pluck().get() as string) : "",
      profile: ports.profileDir,
      street: desk?.street ?? null,
      deskName: desk?.deskName ?? "",
      sample: desk?.sample ?? false,
      demoPin: desk?.sample ? demoPin : null,
      pragmas: open?.pragmas ?? {},
      recovery:
        phase.name === "recovery" ? { errorId: phase.error.id, snapshots: listSnapshots(ports.profileDir) } : null,
    };
  }

  async function startSample(street: string): Promise<Answer<"setup.demo">> {
    if (phase.name !== "setup") return fail(deskError("setup.done"));
    const { open } = phase;
    const done = await becomeSample(ports, open.db, street);
    if (!done.ok) return done;
    return settleIn(open);
  }

  /** The profile has just become a desk: keep a first snapshot and tell every page. */
  function settleIn(open: OpenDatabase): Answer<"setup.demo"> {
    phase = enterDesk(open);
    snapshotIfChanged();
    notify("system", "session", "link", "event", "roster", "warning");
    return ok({});
  }

  const hostCalls: { [N in HostCall]: (input: ParsedOf<N>) => Answer<N> | Promise<Answer<N>> } = {
    "system.status": () => ok(status()),
    "system.tables": () => ok(phase.name === "ready" ? phase.desk.tables : readTables(ports.resourcesDir)),
    "system.restore": ({ file: wanted }) => {
      if (phase.name !== "recovery") return fail(deskError("setup.done"));
      if (!restoreSnapshot(ports.profileDir, file, wanted, ports.now())) return fail(phase.error);
      spareContents(ports.profileDir, ports.now());
      phase = openPhase();
      if (phase.name === "ready") noteRestore(phase.desk, wanted);
      notify("system", "session");
      return phase.name === "recovery" ? fail(phase.error) : ok({});
    },
    "setup.streets": () => {
      const { district, streets } = readDivision(ports.resourcesDir);
      return ok({
        district,
        streets: streets.map(({ code, name, communities }) => ({ code, name, communities: communities.length })),
      });
    },
    "setup.demo": ({ street }) => startSample(street ?? ports.demoStreet ?? sampleStreet),
    "setup.desk": async (input) => {
      if (phase.name !== "setup") return fail(deskError("setup.done"));
      const { open } = phase;
      const done = await setUpDesk(ports, open.db, input);
      return done.ok ? settleIn(open) : done;
    },
  };

  async function answer(name: string, input: unknown): Promise<Outcome> {
    if (!Object.hasOwn(contract, name)) return fail(deskError("contract.unknown", { name: name.slice(0, 60) }));
    const call = name as CallName;
    const parsed = contract[call].input.safeParse(input ?? {});
    if (!parsed.success) return fail(deskError("input.invalid", undefined, parsed.error.issues[0]?.path.join(".")));
    const given = wholeText(parsed.data);
    if (Object.hasOwn(hostCalls, call))
      return await (hostCalls[call as HostCall] as (given: unknown) => Promise<Outcome>)(given);
    if (phase.name === "recovery") return fail(phase.error);
    if (phase.name === "setup") return fail(deskError("setup.needed"));
    const stop = contract[call].door === "officer" ? mayWork(phase.desk, call) : null;
    if (stop) return fail(stop);
    const handler = deskCalls[call as Exclude<CallName, HostCall>] as (desk: Desk, given: unknown) => Promise<Outcome>;
    return await handler(phase.desk, given);
  }

  if (phase.name === "setup" && ports.demoStreet) await startSample(ports.demoStreet);

  return {
    async call(name, input) {
      askedAt = ports.monotonic();
      try {
        return await answer(name, input);
      } catch (error) {
        const id = readFailure(error);
        ports.log(`${name}: ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return fail(deskError(id));
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearInterval(snapshots);
      endBeat();
      clearTimeout(telling);
      clearTimeout(sweeping);
      if (phase.name === "ready") await phase.desk.sync.close();
      if (phase.name !== "recovery") closeDatabase(phase.open.db);
    },
  };
}
