import { join } from "node:path";
import type { Tables, Topic } from "#shared/contract.ts";
import { withYears } from "#shared/domain/roster/holidays.ts";
import { withLater } from "#shared/domain/roster/settings.ts";
import { type EntityKind, entityKinds } from "#shared/op/op.ts";
import { type Desk, topicsOfKinds } from "./desk.ts";
import { sweepStrays } from "./files/contents.ts";
import { sweepFiles } from "./files/incoming.ts";
import type { CorePorts } from "./ports.ts";
import { ensureSampleShapes } from "./sample/shapes.ts";
import { createPinDoor } from "./session/door.ts";
import { openSteadyClock, pcAhead } from "./session/steady-clock.ts";
import { sweepImports } from "./store/asset-imports.ts";
import { ensureTiles } from "./store/assets.ts";
import { keepUp } from "./store/at-rest.ts";
import { forgetContents, isNamed } from "./store/attachments.ts";
import { noteDesk, openChain, readyChain } from "./store/chain.ts";
import { keepReceipt, unwitnessed } from "./store/chain-witness.ts";
import { type Db, sql } from "./store/database.ts";
import { readAll } from "./store/entities.ts";
import { refreshEventIndex } from "./store/event-index.ts";
import { freightStore } from "./store/freight.ts";
import { readMeta, writeMeta } from "./store/meta.ts";
import {
  applyDeferred,
  applyPulled,
  counts,
  kindsThatWait,
  readCursor,
  settlePush,
  startEpoch,
  urgentOps,
  waitingOps,
} from "./store/outbox.ts";
import { isOwn, ownOps, renumber } from "./store/own-ops.ts";
import { defaultsOf, ruleTablesOf } from "./store/tables.ts";
import { refreshTaskIndex } from "./store/task-index.ts";
import { createSync, type Enrolment, type Sync, type SyncStore } from "./sync/sync.ts";
import { readDivision, readPlaces, readTables } from "./tables.ts";
import { isAnswering } from "./turn.ts";

/** The link's side of the store. `wrote` hears which kinds of entities look different since; `"all"`: any may. */
export function syncStore(db: Db, wrote: (kinds: ReadonlySet<EntityKind> | "all") => void = () => {}): SyncStore {
  return {
    readEnrolment: () => {
      const text = readMeta(db, "enrolment");
      return text === null ? null : (JSON.parse(text) as Enrolment);
    },
    saveEnrolment: (enrolment) => {
      wrote("all");
      db.transaction(() => {
        const before = readMeta(db, "enrolment");
        writeMeta(db, "enrolment", JSON.stringify(enrolment));
        writeMeta(db, "letter", enrolment.deskLetter);
        const { serverId, deviceId, street, districtName, deskLetter } = enrolment;
        if (before !== null && (JSON.parse(before) as Enrolment).deviceId === deviceId) return;
        // What was said under a former name is said again under this one.
        if (sql(db, "SELECT 1 FROM op WHERE no IS NOT NULL LIMIT 1").get()) writeMeta(db, "renamed", deviceId);
        noteDesk(db, street, {
          kind: "desk.enrolled",
          zh: `本席位登记到${districtName}，席位 ${deskLetter}`,
          en: `Enrolled with ${districtName} as desk ${deskLetter}`,
          facts: { server: serverId, device: deviceId },
        });
      })();
    },
    waitingOps: (limit, after) => waitingOps(db, "here", limit, after),
    urgentOps: (limit) => urgentOps(db, "here", limit),
    ownOps: (receipts) => ownOps(db, receipts),
    isOwn: (seq) => isOwn(db, seq),
    renumber: (nextSeq, at) => {
      wrote("all");
      renumber(db, nextSeq, at);
    },
    settlePush: (results) => wrote(settlePush(db, results)),
    applyPulled: (ops, upTo) => wrote(applyPulled(db, ops, upTo)),
    keepUp: (hasTime) => keepUp(db, hasTime),
    cursor: () => readCursor(db),
    counts: () => counts(db),
    startEpoch: (epoch, at) => {
      wrote("all");
      startEpoch(db, epoch, at);
    },
    unwitnessed: (seqs) => unwitnessed(db, seqs),
    keepReceipt(answer) {
      const enrolment = readMeta(db, "enrolment");
      return enrolment !== null && keepReceipt(db, answer, (JSON.parse(enrolment) as Enrolment).serverId);
    },
    recordSpan: ({ at, up, reasonId }) =>
      void sql(db, "INSERT INTO link_turn (at, up, reason) VALUES (?, ?, ?)").run(at, up ? 1 : 0, reasonId),
  };
}

/** The tables of the product with what was decided here since; read anew each time, because a pull may change them too. */
function tablesOf(base: Tables, db: Db): Tables {
  const tables = {
    ...base,
    get roster() {
      return withLater(base.roster, readAll(db, "roster_rules"));
    },
    get holidays() {
      return { ...base.holidays, days: withYears(base.holidays.days, readAll(db, "holiday_year")) };
    },
  };
  // Spread would read the getters once: they must be asked each time.
  return Object.defineProperties(tables, Object.getOwnPropertyDescriptors(ruleTablesOf(base, db)));
}

/**
 * What the link has changed since it was last told, as topics: a district that answers each op must not make every screen ask for
 * all it shows. Where one op is settled, those that wait behind it have one less before them.
 */
function openNews(db: Db) {
  let changed: Set<EntityKind> | "all" = new Set();
  return {
    wrote(kinds: ReadonlySet<EntityKind> | "all"): void {
      if (kinds === "all") changed = kinds;
      else if (changed !== "all") for (const kind of kinds) changed.add(kind);
    },
    take(): Topic[] {
      const kinds = changed;
      changed = new Set();
      if (kinds !== "all" && kinds.size === 0) return ["link"];
      const waiting = kinds === "all" ? null : kindsThatWait(db);
      return topicsOfKinds(kinds === "all" || waiting === null ? entityKinds : new Set([...kinds, ...waiting]));
    },
  };
}

/** Opens the desk of a profile that has been set up, and starts its link. */
export function openDesk(
  given: CorePorts,
  db: Db,
  notify: (...topics: Topic[]) => void,
  isAsked: () => boolean = () => false,
): Desk {
  const clock = openSteadyClock(db, given);
  const ports: CorePorts = { ...given, now: clock.now };
  const code = readMeta(db, "street") ?? "";
  const division = readDivision(ports.resourcesDir);
  const deskName = readMeta(db, "deskName") ?? "";
  const sample = readMeta(db, "sample") === "1";
  refreshEventIndex(db);
  refreshTaskIndex(db);
  ensureTiles(db);
  sweepInTurns(db, () => notify("asset"));
  ensureSampleShapes(db, join(ports.resourcesDir, "sample", code));
  sweepFiles(ports.profileDir);
  sweepAttachments(ports, db);
  applyDeferred(db);
  db.transaction(() => readyChain(db, code))();
  const base = readTables(ports.resourcesDir);
  const tables = tablesOf(base, db);
  const freightDesk = { profileDir: ports.profileDir, now: ports.now, bounds: () => tables.attachments.desk };
  const news = openNews(db);
  const sync = createSync({
    store: { ...syncStore(db, news.wrote), freight: freightStore(db, freightDesk) },
    now: ports.now,
    monotonic: ports.monotonic,
    randomBytes: ports.randomBytes,
    log: ports.log,
    appVersion: ports.version,
    started: ports.started,
    whenCalm: ports.calm,
    isAsked,
    isAnswering: () => isAnswering(db),
  });
  sync.onChange(() => notify(...news.take()));
  openChain(db, { ...given, steady: clock.now, ahead: () => pcAhead(sync.info().clockOffsetMs, clock) });
  reachDistrict(ports, db, sync, { sample, deskName, street: code });
  return {
    ports,
    db,
    tables,
    defaults: defaultsOf(base),
    places: readPlaces(ports.resourcesDir, code),
    division,
    street: {
      code,
      name: division.streets.find((street) => street.code === code)?.name ?? code,
      district: division.district.name,
    },
    deskName,
    sample,
    door: createPinDoor(db, ports),
    sync,
    clock,
    session: { officer: null, lockedAt: null, opened: new Set(), active: { at: ports.now(), mono: ports.monotonic() } },
    notify,
  };
}

/** AT-4: a content that no event and no form names was left by a kill, or by a form that let it go. */
function sweepAttachments(ports: CorePorts, db: Db): void {
  const swept = sweepStrays(ports.profileDir, (sha256) => isNamed(db, sha256), ports.now());
  if (swept > 0) ports.log(`attachment: ${swept} strays swept`);
  forgetContents(db);
}

/** Takes away what an unfinished import left behind, portion by portion, so that nobody waits for it. */
function sweepInTurns(db: Db, swept: () => void): void {
  setImmediate(() => {
    if (!db.open) return;
    if (sweepImports(db)) {
      swept();
      sweepInTurns(db, swept);
    }
  });
}

/**
 * Brings the link to the address given at start, or a sample desk to its sample district. Nobody waits for either: the
 * desk opens meanwhile.
 */
function reachDistrict(
  ports: CorePorts,
  db: Db,
  sync: Sync,
  desk: { readonly sample: boolean; readonly deskName: string; readonly street: string },
): void {
  const reach = (url: string): void => {
    const [origin = url, oneTime] = url.split("#");
    if (sync.state().state !== "unenrolled") {
      const moved = sync.setDistrictUrl(origin);
      if (!moved.ok) ports.log(`district address not taken: ${moved.error.id}`);
      return;
    }
    // A sample desk may ask a sample district for a place; any other needs its one-time code.
    const code = oneTime || (desk.sample ? "sample" : null);
    if (code) sync.enrolWhenReachable({ url: origin, code, deskName: desk.deskName, street: desk.street });
  };
  if (ports.districtUrl) {
    reach(ports.districtUrl);
    return;
  }
  // A sample desk that was enrolled elsewhere stays there.
  const besideUs = sync.state().state === "unenrolled" || readMeta(db, "besideSampleDistrict") === "1";
  if (!desk.sample || !besideUs || !ports.startSampleDistrict) return;
  writeMeta(db, "besideSampleDistrict", "1");
  ports.startSampleDistrict().then(reach, (error: unknown) => ports.log(String(error)));
}
