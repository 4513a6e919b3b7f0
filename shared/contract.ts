import { z } from "zod";
import {
  boards,
  dutyEventSchema,
  eventStates,
  levels,
  partySchema,
  placeSchema,
  sources,
} from "#shared/domain/duty-event/event.ts";
import { type EventAction, eventActions } from "#shared/domain/duty-event/transitions.ts";
import { logKinds, writtenEntrySchema } from "#shared/domain/duty-log/duty-log.ts";
import { handoverRecordSchema, handoverSchema, handoverSides } from "#shared/domain/handover/handover.ts";
import { grades, officerSchema } from "#shared/domain/officer/officer.ts";
import { dutyRoles, rosterRulesSchema, slotPattern } from "#shared/domain/roster/roster.ts";

/**
 * Everything that a screen may ask of the core, and nothing else: name → kind, input, output.
 * A query changes nothing; a command is one transaction. Both answer an `Outcome`. Served by the port of the Electron
 * shell and, the same, at `POST /rpc/<name>` of the browser shell.
 */
export interface CallRow<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: "query" | "command";
  /** `open`: without sign-in; `officer`: a signed-in officer. Finer rights are rules of the domain. */
  readonly door: "open" | "officer";
  readonly input: In;
  readonly output: Out;
  readonly about: string;
}

const query = <In extends z.ZodType, Out extends z.ZodType>(
  door: CallRow["door"],
  about: string,
  input: In,
  output: Out,
) => ({ kind: "query", door, about, input, output }) as const;
const command = <In extends z.ZodType, Out extends z.ZodType>(
  door: CallRow["door"],
  about: string,
  input: In,
  output: Out,
) => ({ kind: "command", door, about, input, output }) as const;

const none = z.strictObject({});
const done = z.strictObject({});
const id = z.string().min(1).max(64);
const instant = z.number().int().nonnegative();
const bilingual = z.object({ zh: z.string(), en: z.string() });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Where an op stands on its way: the three true sentences of the desk (saved here, waiting, confirmed) and the refusal. */
export const syncStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("local") }),
  z.object({ state: z.literal("waiting"), before: z.number().int() }),
  z.object({ state: z.literal("sending") }),
  z.object({ state: z.literal("confirmed"), no: z.number().int(), at: instant }),
  z.object({ state: z.literal("refused"), errorId: z.string() }),
]);
export type SyncState = z.infer<typeof syncStateSchema>;

export const officerViewSchema = officerSchema.omit({ publicKey: true });
export type OfficerView = z.infer<typeof officerViewSchema>;

export const personOnDutySchema = z.object({
  role: z.enum(dutyRoles),
  index: z.number().int(),
  officerId: z.string(),
  name: z.string(),
  phone: z.string(),
});

export const shiftViewSchema = z.object({
  on: day,
  shift: z.string(),
  name: bilingual,
  startAt: instant,
  endAt: instant,
  people: z.array(personOnDutySchema),
});
export type ShiftView = z.infer<typeof shiftViewSchema>;

export const gapSchema = z.object({
  fromAt: instant,
  toAt: instant,
  on: day,
  shift: z.string(),
  role: z.enum(dutyRoles),
  missing: z.number().int(),
});
export type GapView = z.infer<typeof gapSchema>;

export const eventRowSchema = dutyEventSchema
  .pick({
    id: true,
    number: true,
    state: true,
    level: true,
    category: true,
    title: true,
    source: true,
    confidential: true,
    place: true,
    board: true,
    lead: true,
    reportedAt: true,
    dueAt: true,
    closedAt: true,
    updatedAt: true,
    sample: true,
  })
  .extend({ sync: syncStateSchema });
export type EventRow = z.infer<typeof eventRowSchema>;

export const timelineEntrySchema = z.object({
  id: z.string(),
  at: instant,
  officerId: z.string(),
  officerName: z.string(),
  kind: z.enum(logKinds),
  action: z.string(),
  text: bilingual,
  eventId: z.string().nullable(),
  corrects: z.string().nullable(),
  callerName: z.string(),
  callerPhone: z.string(),
  unit: z.string(),
  sync: syncStateSchema,
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const eventDetailSchema = z.object({
  event: dutyEventSchema,
  /** Actions that the signed-in officer may take now, usual step first. */
  actions: z.array(z.enum(eventActions)),
  timeline: z.array(timelineEntrySchema),
  sync: syncStateSchema,
});
export type EventDetail = z.infer<typeof eventDetailSchema>;

export const eventViews = [
  "open",
  "late",
  "due_soon",
  "to_acknowledge",
  "unconfirmed",
  "today",
  "closed",
  "all",
] as const;

export const linkStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("unenrolled") }),
  z.object({ state: z.literal("connecting"), sinceAt: instant }),
  /** Something is on its way: item `done` of `total`. */
  z.object({ state: z.literal("catching_up"), sinceAt: instant, done: z.number().int(), total: z.number().int() }),
  z.object({ state: z.literal("online"), sinceAt: instant }),
  z.object({ state: z.literal("offline"), sinceAt: instant, reasonId: z.string(), retryAt: instant }),
  /** The district answered, but not as ours: a person must look. */
  z.object({ state: z.literal("stopped"), sinceAt: instant, reasonId: z.string() }),
]);
export type LinkState = z.infer<typeof linkStateSchema>;

export const linkStatusSchema = z.object({
  link: linkStateSchema,
  districtUrl: z.string().nullable(),
  districtName: z.string().nullable(),
  deviceId: z.string().nullable(),
  /** Ops recorded here and not yet confirmed. */
  waiting: z.number().int(),
  refused: z.number().int(),
  /** Ops of this desk that the district has confirmed. */
  confirmed: z.number().int(),
  /** All ops recorded on this desk. */
  recorded: z.number().int(),
  oldestWaitingAt: instant.nullable(),
  lastContactAt: instant.nullable(),
  /** Place in the district's order up to which this desk has everything. */
  cursor: z.number().int(),
  head: z.number().int(),
  /** How far the PC's clock is from the district's, ms; positive: the PC is ahead. `null`: not known. */
  clockOffsetMs: z.number().int().nullable(),
});
export type LinkStatus = z.infer<typeof linkStatusSchema>;

export const outboxItemSchema = z.object({
  opId: z.string(),
  seq: z.number().int(),
  at: instant,
  kind: z.string(),
  text: bilingual,
  eventId: z.string().nullable(),
  sync: syncStateSchema,
  refusal: z
    .object({ errorId: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type OutboxItem = z.infer<typeof outboxItemSchema>;

export const categorySchema = z.object({
  code: z.string(),
  name: z.string(),
  board: z.enum(boards),
  keywords: z.array(z.string()),
  limitMin: z.record(z.enum(levels), z.number().int().positive()),
  lead: partySchema,
  confidential: z.boolean(),
});
export type Category = z.infer<typeof categorySchema>;

export const assetKindSchema = z.object({
  code: z.string(),
  name: bilingual,
  geometry: z.enum(["point", "line", "area"]),
  icon: z.string(),
  group: z.string(),
});
export type AssetKind = z.infer<typeof assetKindSchema>;

/** Tables of the district: data, each with its label (默认 while nobody replaced it). */
export const tablesSchema = z.object({
  categories: z.object({ label: z.string(), rows: z.array(categorySchema) }),
  parties: z.object({ label: z.string(), rows: z.array(partySchema) }),
  assetKinds: z.object({ label: z.string(), rows: z.array(assetKindSchema) }),
  roster: rosterRulesSchema,
  checklist: z.object({ label: z.string(), items: z.array(z.string()) }),
  holidays: z.object({
    label: z.string(),
    days: z.record(z.string(), z.object({ name: z.string(), kind: z.enum(["holiday", "makeup_workday"]) })),
  }),
});
export type Tables = z.infer<typeof tablesSchema>;

export const assetStatuses = ["ok", "fault", "offline"] as const;
export const assetSchema = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  status: z.enum(assetStatuses),
  lng: z.number(),
  lat: z.number(),
  grid: z.string(),
  sample: z.boolean(),
});
export type Asset = z.infer<typeof assetSchema>;

/** A mark on the map: one asset (`count` 1, with id and name) or a cluster of `count` assets of one kind, with the worst status among them. */
export const markSchema = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  kind: z.string(),
  status: z.enum(assetStatuses),
  lng: z.number(),
  lat: z.number(),
  count: z.number().int().positive(),
});
export type Mark = z.infer<typeof markSchema>;

export const coverSchema = z.object({
  community: z.string(),
  grid: z.string(),
  head: z.string(),
  worker: z.string(),
  phone: z.string(),
});
export type Cover = z.infer<typeof coverSchema>;

export const warningSchema = z.object({
  id: z.string(),
  level: z.enum(["blue", "yellow", "orange", "red"]),
  title: z.string(),
  text: z.string(),
  fromAt: instant,
  toAt: instant,
  sample: z.boolean(),
});
export type Warning = z.infer<typeof warningSchema>;

export const handoverDraftSchema = z.object({
  handoverId: z.string(),
  /** `draft`: nobody signed; then as the handover itself. */
  phase: z.enum(["draft", "offered", "sealed"]),
  record: handoverRecordSchema,
  handover: handoverSchema.nullable(),
  /** Officers of the shift that hands over, and of the one that takes over, who may sign. */
  mayOffer: z.array(z.string()),
  mayAccept: z.array(z.string()),
});
export type HandoverDraft = z.infer<typeof handoverDraftSchema>;

export const deskNowSchema = z.object({
  at: instant,
  streetName: z.string(),
  sample: z.boolean(),
  current: shiftViewSchema.nullable(),
  next: shiftViewSchema.nullable(),
  handoverDueAt: instant.nullable(),
  /** Shift that has ended without a handover by both sides, if any. */
  handoverOverdueOn: z.string().nullable(),
  counts: z.object({
    open: z.number().int(),
    late: z.number().int(),
    dueSoon: z.number().int(),
    toAcknowledge: z.number().int(),
    gaps: z.number().int(),
    refused: z.number().int(),
    waiting: z.number().int(),
  }),
  gapsNow: z.array(gapSchema),
  needs: z.array(eventRowSchema),
  warnings: z.array(warningSchema),
});
export type DeskNow = z.infer<typeof deskNowSchema>;

export const foundSchema = z.object({
  kind: z.enum(["event", "officer", "asset", "place"]),
  id: z.string(),
  title: z.string(),
  detail: z.string(),
  point: z.object({ lng: z.number(), lat: z.number() }).nullable(),
});
export type Found = z.infer<typeof foundSchema>;

/** First-report input: only what a person types; number and limit come from the desk. */
export const reportInputSchema = z.strictObject({
  source: z.enum(sources).default("phone"),
  text: z.string().trim().min(1).max(4000),
  /** Empty: made from the first words of the text. */
  title: z.string().trim().max(80).default(""),
  level: z.enum(levels).default("normal"),
  /** Code of the category table; empty: proposed by keywords. */
  category: z.string().max(40).default(""),
  confidential: z.boolean().default(false),
  callerName: z.string().max(40).default(""),
  callerPhone: z.string().max(30).default(""),
  place: placeSchema.prefault({}),
});
export type ReportInput = z.input<typeof reportInputSchema>;

const month = z.string().regex(/^\d{4}-\d{2}$/);
const slots = z.record(z.string().regex(slotPattern), id);

/** Largest file of an import, bytes: in base64 and with its answers it passes the 1 MiB of a call. */
export const sheetFileMost = 700 * 1024;

export const sheetFileSchema = z.strictObject({
  fileName: z.string().min(1).max(200),
  base64: z.base64().max(Math.ceil(sheetFileMost / 3) * 4),
  /** By id of question; they go before what the desk remembers. */
  answers: z.record(z.string().min(1).max(200), z.string().max(200)).default({}),
});

export const sheetQuestionSchema = z.object({
  id: z.string(),
  kind: z.enum(["month", "name", "code", "column", "shift", "placing", "grade", "pool"]),
  /** The word as it stands in the sheet. */
  text: z.string(),
  sheet: z.string(),
  cells: z.array(z.string()),
  choices: z.array(z.string()),
  proposal: z.string().nullable(),
});
export type SheetQuestion = z.infer<typeof sheetQuestionSchema>;

const params = z.record(z.string(), z.union([z.string(), z.number()]));

export const rosterReadingSchema = z.object({
  sheets: z.array(
    z.object({
      sheet: z.string(),
      hidden: z.boolean(),
      layout: z.enum(["days_down", "days_across", "none"]),
      /** `cell` is an address like `B3`; `as` what its text was taken for. */
      cells: z.array(z.object({ cell: z.string(), text: z.string(), as: z.string(), value: z.string() })),
      /** Cells that are left out here because there are too many to show. */
      unshown: z.number().int(),
      problems: z.array(z.object({ code: z.string(), cell: z.string(), params })),
    }),
  ),
  questions: z.array(sheetQuestionSchema),
  /** What was not asked because an answer is remembered from an earlier import. */
  recalled: z.array(z.object({ question: sheetQuestionSchema, answer: z.string() })),
  /** Slots that were read. */
  count: z.number().int(),
  months: z.array(z.object({ month, read: z.number().int(), added: z.number().int(), changed: z.number().int() })),
  /** What would be different; `null`: nobody. */
  changes: z.array(z.object({ slot: z.string(), was: z.string().nullable(), officerId: z.string().nullable() })),
});
export type RosterReadingView = z.infer<typeof rosterReadingSchema>;

const reasons = z.array(z.object({ code: z.string(), params }));

export const rosterPlanSchema = z.object({
  month,
  /** First day that is planned; before it everything stays as it is. */
  fromOn: day,
  /** The whole month as it would be. */
  slots,
  /** Slots that stood before and stay. */
  kept: z.number().int(),
  /** Why this person, by slot: the strongest reasons first. */
  reasons: z.record(z.string(), reasons),
  gaps: z.array(z.object({ slot: z.string(), eligible: z.number().int(), reasons })),
  /** Slots that stay although they break a limit. */
  against: z.array(z.object({ slot: z.string(), officerId: z.string(), reasons })),
  /** What each person stands in the whole month; those of one `group` are equals. */
  fairness: z.array(
    z.object({
      officerId: z.string(),
      group: z.number().int(),
      shifts: z.number().int(),
      nights: z.number().int(),
      weekends: z.number().int(),
      holidays: z.number().int(),
    }),
  ),
  /** Years whose holidays are not known here: weekends alone were counted. */
  yearsWithoutNotice: z.array(z.string()),
});
export type RosterPlan = z.infer<typeof rosterPlanSchema>;

const transitionActions = eventActions.filter(
  (action): action is Exclude<EventAction, "report"> => action !== "report",
);

export const statusSchema = z.object({
  /** `setup`: a new profile waits for the first choice; `recovery`: the database cannot be used, see `recovery`. */
  phase: z.enum(["setup", "ready", "recovery"]),
  version: z.string(),
  node: z.string(),
  sqlite: z.string(),
  profile: z.string(),
  street: z.object({ code: z.string(), name: z.string(), district: z.string() }).nullable(),
  deskName: z.string(),
  sample: z.boolean(),
  /** PIN of the sample officers; only on a sample desk. */
  demoPin: z.string().nullable(),
  /** Pragmas read back at start. */
  pragmas: z.record(z.string(), z.union([z.string(), z.number()])),
  recovery: z
    .object({ errorId: z.string(), snapshots: z.array(z.object({ file: z.string(), at: instant, bytes: z.number() })) })
    .nullable(),
});
export type SystemStatus = z.infer<typeof statusSchema>;

export const contract = {
  "system.status": query("open", "State of the desk itself.", none, statusSchema),
  "system.tables": query(
    "open",
    "Tables of the district: categories, parties, kinds, roster rules, checklist.",
    none,
    tablesSchema,
  ),
  "system.restore": command(
    "open",
    "Recovery only: sets the broken database aside and restores a snapshot; `null`: the newest sound one.",
    z.strictObject({ file: z.string().nullable() }),
    done,
  ),
  "system.snapshot": command(
    "officer",
    "Writes a snapshot of the database now.",
    none,
    z.object({ file: z.string(), bytes: z.number() }),
  ),

  "setup.streets": query(
    "open",
    "Streets that this desk can be set up for.",
    none,
    z.object({
      district: z.object({ code: z.string(), name: z.string() }),
      streets: z.array(z.object({ code: z.string(), name: z.string(), communities: z.number().int() })),
    }),
  ),
  "setup.demo": command(
    "open",
    "First start: becomes a desk of the sample district.",
    z.strictObject({ street: z.string().optional() }),
    done,
  ),
  "setup.desk": command(
    "open",
    "First start: street, name of the desk and the first officers with their PINs; at least one administrator or leader.",
    z.strictObject({
      street: z.string().regex(/^\d{9}$/),
      deskName: z.string().trim().min(1).max(60),
      officers: z
        .array(
          z.strictObject({
            name: z.string().trim().min(1).max(40),
            grade: z.enum(grades),
            phone: z.string().max(30).default(""),
            pin: z.string().regex(/^\d{4,12}$/),
          }),
        )
        .min(1)
        .max(60),
    }),
    done,
  ),

  "session.officers": query(
    "open",
    "Who may sign in; those on duty now first.",
    none,
    z.object({ officers: z.array(officerViewSchema.extend({ onDuty: z.enum(dutyRoles).nullable() })) }),
  ),
  "session.current": query("open", "Who is signed in.", none, z.object({ officer: officerViewSchema.nullable() })),
  "session.signIn": command(
    "open",
    "Signs in with PIN. Without `officerId`: the shift leader on duty now.",
    z.strictObject({ officerId: id.optional(), pin: z.string().min(1).max(32) }),
    z.object({ officer: officerViewSchema }),
  ),
  "session.signOut": command("open", "Signs out; the core goes on receiving.", none, done),

  "desk.now": query("open", "The one glance: who, until when, what is open and late, warnings.", none, deskNowSchema),
  find: query(
    "officer",
    "People, places, events, assets by characters or pinyin initials.",
    z.strictObject({ text: z.string().max(80), limit: z.number().int().min(1).max(50).default(20) }),
    z.object({ found: z.array(foundSchema) }),
  ),

  "event.report": command(
    "officer",
    "Records a new duty event.",
    reportInputSchema,
    z.object({ event: dutyEventSchema }),
  ),
  "event.list": query(
    "officer",
    "A page of the queue. `cursor` is the `next` of the page before.",
    z.strictObject({
      view: z.enum(eventViews).default("open"),
      states: z.array(z.enum(eventStates)).optional(),
      levels: z.array(z.enum(levels)).optional(),
      category: z.string().optional(),
      board: z.enum(boards).optional(),
      search: z.string().max(80).optional(),
      sort: z.enum(["urgency", "newest", "due"]).default("urgency"),
      cursor: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.object({ rows: z.array(eventRowSchema), next: z.string().nullable(), total: z.number().int() }),
  ),
  "event.get": query(
    "officer",
    "One event with its timeline and the actions open to this officer.",
    z.strictObject({ id }),
    eventDetailSchema,
  ),
  "event.transition": command(
    "officer",
    "Takes one action of the transition table; `given` holds the fields of its row (see `transitions` of the printed contract).",
    z.strictObject({ id, action: z.enum(transitionActions), given: z.record(z.string(), z.unknown()).default({}) }),
    z.object({ event: dutyEventSchema }),
  ),
  "event.propose": query(
    "officer",
    "What the plain local rules propose for a text: category with its reason, level limit, lead.",
    z.strictObject({ text: z.string().max(4000) }),
    z.object({ category: categorySchema.nullable(), reason: z.string() }),
  ),

  "draft.save": command(
    "officer",
    "Keeps half-typed text, by key; survives everything.",
    z.strictObject({ key: z.string().min(1).max(80), value: z.string().max(20_000) }),
    done,
  ),
  "draft.load": query(
    "officer",
    "The kept text, or null.",
    z.strictObject({ key: z.string().min(1).max(80) }),
    z.object({ value: z.string().nullable(), savedAt: instant.nullable() }),
  ),
  "draft.drop": command(
    "officer",
    "Forgets a draft that was used or given up.",
    z.strictObject({ key: z.string().min(1).max(80) }),
    done,
  ),

  "log.write": command(
    "officer",
    "Writes an entry of the duty log.",
    writtenEntrySchema.omit({ id: true }),
    z.object({ id: z.string() }),
  ),
  "log.list": query(
    "officer",
    "The duty log, newest first.",
    z.strictObject({
      kinds: z.array(z.enum(logKinds)).optional(),
      search: z.string().max(80).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.object({ entries: z.array(timelineEntrySchema), next: z.string().nullable() }),
  ),

  "officer.list": query(
    "officer",
    "The people of the street.",
    none,
    z.object({ officers: z.array(officerViewSchema) }),
  ),
  "officer.add": command(
    "officer",
    "Enters a person with a first PIN. Administrator only.",
    z.strictObject({
      name: z.string().trim().min(1).max(40),
      grade: z.enum(grades),
      pool: z.enum(["full_time", "rotating"]).default("full_time"),
      phone: z.string().max(30).default(""),
      post: z.string().max(60).default(""),
      pin: z.string().regex(/^\d{4,12}$/),
    }),
    z.object({ officer: officerViewSchema }),
  ),

  "roster.onDuty": query(
    "open",
    "Who is on duty at `at` (default: now), and the shift after.",
    z.strictObject({ at: instant.optional() }),
    z.object({ at: instant, shift: shiftViewSchema.nullable(), next: shiftViewSchema.nullable() }),
  ),
  "roster.coverage": query(
    "open",
    "Gaps of `[fromAt, toAt)`; default: the month of now.",
    z.strictObject({ fromAt: instant.optional(), toAt: instant.optional() }),
    z.object({ fromAt: instant, toAt: instant, gaps: z.array(gapSchema) }),
  ),
  "roster.month": query(
    "open",
    "All shifts of a month with their people, and its gaps.",
    z.strictObject({ month }),
    z.object({
      month: z.string(),
      published: z.boolean(),
      shifts: z.array(shiftViewSchema),
      gaps: z.array(gapSchema),
      sync: syncStateSchema,
    }),
  ),
  "roster.assign": command(
    "officer",
    "Puts an officer into a slot, or `null` to empty it. Refused when the slot changed meanwhile.",
    z.strictObject({
      on: day,
      shift: z.string().max(20),
      role: z.enum(dutyRoles),
      index: z.number().int().min(0).max(19).default(0),
      officerId: id.nullable(),
      was: id.nullable().optional(),
    }),
    z.object({ month: z.string() }),
  ),

  "roster.generate": query(
    "officer",
    "A proposal for the days of a month after today, explained. `keep`: places that are filled stay.",
    z.strictObject({ month, keep: z.boolean().default(true), seed: z.number().int().min(0).max(1_000_000).default(0) }),
    rosterPlanSchema,
  ),
  "roster.publish": command(
    "officer",
    "Sets a whole month.",
    z.strictObject({ month, slots }),
    z.object({ month: z.string() }),
  ),

  "sheet.readRoster": query(
    "officer",
    "Reads a roster file: what each cell was taken for, what has to be asked, what would change. Saves nothing.",
    sheetFileSchema,
    rosterReadingSchema,
  ),
  "sheet.takeRoster": command(
    "officer",
    "Publishes the months of a roster file, changing only what it names; remembers the answers. Refused with open questions.",
    sheetFileSchema,
    z.object({ months: z.array(z.string()), changed: z.number().int() }),
  ),

  "handover.draft": query(
    "officer",
    "The handover of the shift that ends next (or has ended unsigned), built from the shift.",
    none,
    handoverDraftSchema,
  ),
  "handover.sign": command(
    "officer",
    "One side signs with PIN: outgoing first (freezes the record), then incoming.",
    z.strictObject({
      handoverId: z.string(),
      side: z.enum(handoverSides),
      officerId: id,
      pin: z.string().min(1).max(32),
      checklist: z
        .array(z.strictObject({ item: z.string(), ok: z.boolean(), note: z.string().max(200).default("") }))
        .optional(),
      remarks: z.string().max(4000).optional(),
      carryOver: z
        .array(z.strictObject({ text: z.string().max(500), eventId: z.string().nullable(), toOfficerId: z.string() }))
        .optional(),
    }),
    z.object({ handover: handoverSchema }),
  ),
  "handover.list": query(
    "officer",
    "Handovers, newest first.",
    none,
    z.object({
      handovers: z.array(
        z.object({
          id: z.string(),
          phase: z.enum(["offered", "sealed"]),
          shiftName: z.string(),
          on: z.string(),
          outgoing: z.string(),
          incoming: z.string(),
          sync: syncStateSchema,
        }),
      ),
    }),
  ),
  "handover.get": query(
    "officer",
    "One handover as it was signed.",
    z.strictObject({ id: z.string() }),
    z.object({ handover: handoverSchema }),
  ),

  "asset.viewport": query(
    "officer",
    "What lies in a view: single assets, or clusters per kind when there are many.",
    z.strictObject({
      west: z.number(),
      south: z.number(),
      east: z.number(),
      north: z.number(),
      zoom: z.number().min(0).max(24),
      kinds: z.array(z.string()).optional(),
      statuses: z.array(z.enum(assetStatuses)).optional(),
    }),
    z.object({ total: z.number().int(), marks: z.array(markSchema), byKind: z.record(z.string(), z.number().int()) }),
  ),
  "asset.get": query("officer", "One asset.", z.strictObject({ id }), z.object({ asset: assetSchema })),
  "map.base": query(
    "officer",
    "Outline of the district and street, areas, fire roads, as GeoJSON.",
    none,
    z.object({
      district: z.unknown(),
      street: z.unknown(),
      areas: z.unknown(),
      fireRoads: z.unknown(),
      fireRoadKm: z.number(),
      center: z.object({ lng: z.number(), lat: z.number() }),
    }),
  ),
  "map.cover": query(
    "officer",
    "Who covers this point: grid, worker, phone.",
    z.strictObject({ lng: z.number(), lat: z.number() }),
    z.object({ cover: coverSchema.nullable() }),
  ),
  "map.events": query(
    "officer",
    "Events with a place, for the map: open ones, and ended ones reported within a day.",
    none,
    z.object({ rows: z.array(eventRowSchema) }),
  ),

  "warning.list": query("open", "Warnings in force now.", none, z.object({ warnings: z.array(warningSchema) })),

  "link.status": query("open", "What has reached the district and what has not.", none, linkStatusSchema),
  "link.syncNow": command(
    "open",
    "Tries at once; answers when this try has ended, with the state it found.",
    none,
    linkStatusSchema,
  ),
  "link.outbox": query(
    "officer",
    "Ops of this desk, what needs a person first, then waiting, then the latest confirmed.",
    z.strictObject({ limit: z.number().int().min(1).max(500).default(200) }),
    z.object({ items: z.array(outboxItemSchema) }),
  ),
  "link.enrol": command(
    "officer",
    "Enrols this desk with a district centre by address and one-time code.",
    z.strictObject({ url: z.string().max(200), code: z.string().trim().min(1).max(80) }),
    linkStatusSchema,
  ),
  "link.settle": command(
    "officer",
    "Settles a refused item: `again` records it anew on the present state, `drop` gives it up; both stay in the log.",
    z.strictObject({ opId: z.string(), how: z.enum(["again", "drop"]) }),
    done,
  ),
  "link.history": query(
    "officer",
    "When the link was up, for the last hours.",
    z.strictObject({ hours: z.number().int().min(1).max(168).default(24) }),
    z.object({ spans: z.array(z.object({ fromAt: instant, toAt: instant, up: z.boolean(), reasonId: z.string() })) }),
  ),
} as const satisfies Record<string, CallRow>;

export type CallName = keyof typeof contract;
export type InputOf<N extends CallName> = z.input<(typeof contract)[N]["input"]>;
export type ParsedOf<N extends CallName> = z.output<(typeof contract)[N]["input"]>;
export type OutputOf<N extends CallName> = z.output<(typeof contract)[N]["output"]>;

/** What a notice can speak of: the page asks again for what it shows of these. */
export const topics = [
  "event",
  "log",
  "roster",
  "handover",
  "officer",
  "asset",
  "link",
  "session",
  "system",
  "warning",
] as const;
export type Topic = (typeof topics)[number];
export const noticeSchema = z.object({ topics: z.array(z.enum(topics)) });
