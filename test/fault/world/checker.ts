import Sqlite from "better-sqlite3";

/**
 * The judge of a world. It reads the databases with SQL of its own and shares no code with what it judges: not the store,
 * not the engine, not the rules.
 */
export interface Breach {
  readonly invariant: "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8" | "bug";
  readonly text: string;
}

export interface Witness {
  readonly desk: string;
  readonly opId: string;
  readonly body: unknown;
}

interface OwnOp {
  seq: number;
  id: string;
  body: string;
  entity: string;
  entity_id: string;
  state: string;
  no: number | null;
  refusal: string | null;
}
interface LedgerRow {
  no: number;
  op_id: string;
  device: string;
  seq: number;
  body: string;
}

/** The same text for the same content, whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
    .join(",")}}`;
}

const all = <Row>(db: Sqlite.Database, text: string): Row[] => db.prepare(text).all() as Row[];
const one = (db: Sqlite.Database, text: string) => db.prepare(text).pluck().get() as number | null;

/** Judges what is left when all has come to rest. Every file must be free to open. */
export function judge(
  files: { desks: ReadonlyMap<string, string>; centre: string },
  saved: readonly Witness[],
  restored: boolean,
  /** Desks that live twice, or came back from an older copy: what the district refused to the other life, they never held. */
  twice: ReadonlySet<string> = new Set(),
): Breach[] {
  const breaches: Breach[] = [];
  const breach = (invariant: Breach["invariant"], text: string) => breaches.push({ invariant, text });
  const centre = new Sqlite(files.centre);
  const ledger = all<LedgerRow>(centre, "SELECT no, op_id, device, seq, body FROM ledger ORDER BY no");
  const byId = new Map(ledger.map((row) => [row.op_id, row]));
  const refusedThere = new Set(all<{ op_id: string }>(centre, "SELECT op_id FROM refusal").map((row) => row.op_id));
  const theirs = new Map(
    all<{ kind: string; id: string; state: string; no: number }>(centre, "SELECT kind, id, state, no FROM entity").map(
      (row) => [`${row.kind}/${row.id}`, row],
    ),
  );
  centre.close();

  const head = ledger.at(-1)?.no ?? 0;
  if (byId.size !== ledger.length) breach("I2", "an op has two numbers");
  if (ledger.length !== head) breach("I2", `numbers up to ${head} for ${ledger.length} ops`);
  for (const id of byId.keys()) if (refusedThere.has(id)) breach("I2", `${id} is both refused and in the ledger`);

  const recordedBy = new Map<string, string>();
  /** Lines of what is neither in the ledger nor refused to this desk itself. */
  const unnumbered: { name: string; id: string }[] = [];
  const refusedOnce = new Set<string>();
  /** Entities that a desk shows and the district does not have. */
  const astray: { name: string; key: string; no: number | null }[] = [];
  for (const [name, file] of files.desks) {
    const db = new Sqlite(file);
    const own = all<OwnOp>(db, "SELECT seq, id, body, entity, entity_id, state, no, refusal FROM op ORDER BY seq");
    const lines = new Map(
      all<{ id: string; zh: string; event_id: string | null; no: number | null }>(
        db,
        "SELECT id, zh, event_id, no FROM duty_log WHERE kind <> 'desk'",
      ).map((row) => [row.id, row]),
    );
    const mine = new Map(own.map((op) => [op.id, op]));
    for (const [index, op] of own.entries()) {
      recordedBy.set(op.id, name);
      const there = byId.get(op.id);
      if (op.seq !== index + 1 && !twice.has(name)) breach("I1", `${name}: op ${op.seq} stands at place ${index + 1}`);
      if (op.state === "waiting") breach("I3", `${name}: op ${op.seq} still waits`);
      if (op.state === "confirmed") {
        if (!there) breach("I1", `${name}: op ${op.seq} is called confirmed and is not in the ledger`);
        else if (there.no !== op.no || there.seq !== op.seq)
          breach("I6", `${name}: op ${op.seq} is called no. ${op.no} and is ${there.no}`);
        if (there && canonical(JSON.parse(there.body)) !== canonical(JSON.parse(op.body)))
          breach("I1", `${name}: op ${op.seq} arrived as something else`);
      }
      if (op.state === "refused") {
        refusedOnce.add(op.id).add(`${op.entity}/${op.entity_id}`);
        const line = lines.get(op.id);
        if (there) breach("I6", `${name}: op ${op.seq} is called refused and is no. ${there.no}`);
        if (!op.refusal || typeof (JSON.parse(op.refusal) as { id?: unknown }).id !== "string")
          breach("I4", `${name}: op ${op.seq} is refused without a reason`);
        else if (["op.fork", "bug"].includes((JSON.parse(op.refusal) as { id: string }).id))
          breach("I1", `${name}: op ${op.seq} is refused for what no officer did: ${op.refusal}`);
        if (!line || line.zh.length === 0) breach("I4", `${name}: refused op ${op.seq} is not in the log`);
        else if (op.entity === "event" && line.event_id !== op.entity_id)
          breach("I4", `${name}: refused op ${op.seq} is not in the timeline of ${op.entity_id}`);
        if (line && line.no !== null) breach("I6", `${name}: the line of refused op ${op.seq} has no. ${line.no}`);
      }
    }
    for (const row of ledger) {
      const line = lines.get(row.op_id);
      if (!line) breach("I2", `${name}: no. ${row.no} has no line in the log`);
      else if (line.no !== row.no) breach("I6", `${name}: the line of no. ${row.no} says ${line.no}`);
    }
    for (const line of lines.values()) {
      if (byId.has(line.id) || mine.get(line.id)?.state === "refused") continue;
      unnumbered.push({ name, id: line.id });
      if (line.no !== null)
        breach("I6", `${name}: the log has a line with no. ${line.no} that the district does not have`);
    }
    for (const { desk, opId, body } of saved) {
      if (desk !== name) continue;
      const op = mine.get(opId);
      if (!op) breach("I1", `${name}: ${opId} was saved and is gone`);
      else if (canonical(JSON.parse(op.body)) !== canonical(body))
        breach("I1", `${name}: op ${op.seq} is not what was saved`);
      if (op && op.state !== "confirmed" && op.state !== "refused" && op.state !== "waiting")
        breach("I1", `${name}: op ${op.seq} is ${op.state}`);
    }
    const deferred = one(db, "SELECT count(*) FROM deferred_op") ?? 0;
    if (deferred > 0)
      breach(
        "I3",
        `${name}: ${deferred} ops were set aside: ${db.prepare("SELECT op || ' ' || reason FROM deferred_op").pluck().get()}`,
      );
    const cursor = Number(one(db, "SELECT value FROM meta WHERE key = 'cursor'") ?? 0);
    if (cursor !== head) breach("I3", `${name}: cursor ${cursor}, head ${head}`);
    const here = new Map(
      all<{ kind: string; id: string; state: string; no: number | null }>(
        db,
        "SELECT kind, id, state, no FROM entity WHERE state <> 'null'",
      ).map((row) => [`${row.kind}/${row.id}`, row]),
    );
    db.close();
    for (const [key, row] of theirs) {
      const shown = here.get(key);
      if (!shown) breach("I3", `${name}: has no ${key}`);
      else if (canonical(JSON.parse(shown.state)) !== canonical(JSON.parse(row.state)))
        breach("I3", `${name}: ${key} is ${shown.state}, at the district ${row.state}`);
      else if (shown.no !== row.no) breach("I6", `${name}: ${key} says no. ${shown.no}, at the district ${row.no}`);
    }
    for (const [key, { no }] of here) if (!theirs.has(key)) astray.push({ name, key, no });
  }
  // PR-9, absence never means delete: what was read before the district was restored stays, without a number, when the desk
  // that recorded it had it refused afterwards.
  for (const { name, key, no } of astray)
    if (!restored || no !== null || !refusedOnce.has(key)) breach("I3", `${name}: ${key} is not at the district`);
  // Confirmed once, lost with a restored district, and refused when it was sent again: its line stays where it was read.
  for (const { name, id } of unnumbered)
    if (!restored || !refusedOnce.has(id))
      breach("I2", `${name}: the log has ${id}, which no one recorded or had refused`);
  for (const row of ledger) if (!recordedBy.has(row.op_id)) breach("I2", `no. ${row.no} was recorded by no desk`);
  return breaches;
}

export interface Shown {
  readonly waiting: number;
  readonly refused: number;
  readonly confirmed: number;
  readonly recorded: number;
  readonly oldestWaitingAt: number | null;
  readonly cursor: number;
  readonly head: number;
}

/** I6: what the desk says of itself at this moment, beside what its tables hold. */
export function judgeShown(name: string, shown: Shown, db: Sqlite.Database): Breach[] {
  const count = (where: string) => one(db, `SELECT count(*) FROM op WHERE ${where}`) ?? 0;
  const real: Record<string, number | null> = {
    waiting: count("state = 'waiting'"),
    refused: count("state = 'refused'"),
    confirmed: count("no IS NOT NULL"),
    recorded: count("1"),
    oldestWaitingAt: one(db, "SELECT at FROM op WHERE state = 'waiting' ORDER BY seq LIMIT 1") ?? null,
  };
  const breaches = Object.entries(real)
    .filter(([key, value]) => shown[key as keyof Shown] !== value)
    .map(
      ([key, value]): Breach => ({
        invariant: "I6",
        text: `${name} says ${key} ${shown[key as keyof Shown]}, and it is ${value}`,
      }),
    );
  // 0: not asked yet since the start.
  if (shown.head > 0 && shown.cursor > shown.head)
    breaches.push({ invariant: "I6", text: `${name}: cursor ${shown.cursor} beyond head ${shown.head}` });
  return breaches;
}

/** Which op has which number at the district, by its file. */
export function numbersOf(centreFile: string): ReadonlyMap<string, number> {
  const centre = new Sqlite(centreFile, { readonly: true });
  const rows = all<LedgerRow>(centre, "SELECT op_id, no FROM ledger");
  centre.close();
  return new Map(rows.map((row) => [row.op_id, row.no]));
}

/** I6: nothing is called confirmed that the district does not have. */
export function judgeConfirmed(name: string, db: Sqlite.Database, numbered: ReadonlyMap<string, number>): Breach[] {
  return all<{ id: string; no: number; seq: number }>(db, "SELECT id, no, seq FROM op WHERE state = 'confirmed'")
    .filter((op) => numbered.get(op.id) !== op.no)
    .map((op): Breach => ({ invariant: "I6", text: `${name}: op ${op.seq} was called confirmed, no. ${op.no}` }));
}
