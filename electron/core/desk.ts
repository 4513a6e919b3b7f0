import { v7 } from "uuid";
import type { CallName, OutputOf, ParsedOf, Tables, Topic } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, type Result } from "#shared/lib/result.ts";
import { type BodyOf, type OpKind, opKinds, type StateOf } from "#shared/op/kinds.ts";
import type { EntityKind } from "#shared/op/op.ts";
import type { CorePorts } from "./ports.ts";
import type { PinDoor } from "./session/door.ts";
import type { Session } from "./session/lock.ts";
import type { SteadyClock } from "./session/steady-clock.ts";
import { atomically } from "./store/atomically.ts";
import { type Author, type Recorded, record } from "./store/commit.ts";
import type { Db } from "./store/database.ts";
import type { DefaultTables } from "./store/tables.ts";
import type { Sync } from "./sync/sync.ts";
import type { Division, StreetPlaces } from "./tables.ts";

/** The desk of one street, open and ready: what every query and command works on. */
export interface Desk {
  readonly ports: CorePorts;
  readonly db: Db;
  readonly tables: Tables;
  /** Rule tables as the product brings them, whatever stands now. */
  readonly defaults: DefaultTables;
  readonly places: StreetPlaces;
  readonly division: Division;
  readonly street: { readonly code: string; readonly name: string; readonly district: string };
  readonly deskName: string;
  readonly sample: boolean;
  readonly door: PinDoor;
  readonly sync: Sync;
  /** What `ports.now` goes by. */
  readonly clock: SteadyClock;
  readonly session: Session;
  /** Tells the pages, soon and together. */
  readonly notify: (...topics: Topic[]) => void;
}

export type Answer<N extends CallName> = Result<OutputOf<N>, DeskError>;
export type DeskCalls = {
  readonly [N in CallName]: (desk: Desk, input: ParsedOf<N>) => Answer<N> | Promise<Answer<N>>;
};

export const newId = (ports: Pick<CorePorts, "randomBytes" | "now">): string =>
  v7({ random: ports.randomBytes(16), msecs: ports.now() });

const topicsOf: Readonly<Record<EntityKind, readonly Topic[]>> = {
  event: ["event", "attachment"],
  log: [],
  roster: ["roster"],
  layer: ["roster"],
  wish: ["roster"],
  roster_rules: ["roster", "system"],
  holiday_year: ["roster", "system"],
  handover: ["handover"],
  carry: ["handover"],
  officer: ["officer"],
  asset: ["asset"],
  fault: ["fault", "asset"],
  hazard: ["hazard"],
  overlay: ["overlay"],
  watch: ["presence"],
  duty_check: ["presence"],
  rules: ["presence", "system"],
  table: ["system"],
};

/** What pages are told when entities of these kinds have changed: their lines of the log and where they stand with the district, too. */
export const topicsOfKinds = (kinds: Iterable<EntityKind>): Topic[] => [
  ...[...kinds].flatMap((kind) => topicsOf[kind]),
  "log",
  "link",
];

/**
 * Records a change in the name of the signed-in officer (or of `by`, who has just given a PIN); after the commit it tells
 * the pages and wakes the link, and waits for neither. A body given as a function is made inside the transaction:
 * what it writes stands or falls with the change.
 */
export function act<K extends OpKind>(
  desk: Desk,
  kind: K,
  body: BodyOf<K> | (() => BodyOf<K>),
  by: string | undefined = desk.session.officer?.id,
): Result<Recorded<StateOf<K>>, DeskError> {
  return actTogether(desk, (one) => one(kind, typeof body === "function" ? body() : body), by);
}

export type RecordOne = <K extends OpKind>(kind: K, body: BodyOf<K>) => Result<Recorded<StateOf<K>>, DeskError>;

/** The same for several changes: all of them stand, with what `work` writes beside them, or none. */
export function actTogether<T>(
  desk: Desk,
  work: (one: RecordOne) => Result<T, DeskError>,
  by: string | undefined = desk.session.officer?.id,
): Result<T, DeskError> {
  if (by === undefined) return fail(deskError("session.required"));
  const { db, ports, street } = desk;
  const author: Author = { by, at: ports.now(), street: street.code, newId: () => newId(ports) };
  const kinds = new Set<EntityKind>();
  const done = atomically(db, () =>
    work((kind, body) => {
      kinds.add(opKinds[kind].entity);
      return record(db, kind, body, author);
    }),
  );
  if (done.ok && kinds.size > 0) {
    desk.notify(...topicsOfKinds(kinds));
    desk.sync.opRecorded();
  }
  return done;
}

export const enrolled = (desk: Desk): boolean => desk.sync.state().state !== "unenrolled";
