import { z } from "zod";
import { dutyRoles } from "#shared/domain/roster/roster.ts";

const personSchema = z.strictObject({ role: z.enum(dutyRoles), officerId: z.string(), name: z.string() });
export type HandoverPerson = z.infer<typeof personSchema>;

const instant = z.number().int();
const checkSchema = z.strictObject({ item: z.string(), ok: z.boolean(), note: z.string().max(200) });
const head = {
  on: z.string(),
  shift: z.string(),
  shiftName: z.string(),
  startAt: instant,
  /** When the handover is due: the end of the shift. */
  dueAt: instant,
  outgoing: z.array(personSchema),
  incoming: z.array(personSchema),
  opened: z.number().int(),
  closed: z.number().int(),
};
const eventFields = {
  eventId: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.string(),
  level: z.string(),
  dueAt: instant.nullable(),
  lead: z.string(),
  next: z.string(),
};

/** Form 1: what desks wrote before there was a form 2. It is only read. */
const formOneSchema = z.strictObject({
  ...head,
  openEvents: z.array(z.strictObject(eventFields)),
  whistles: z.array(z.strictObject({ eventId: z.string(), number: z.string(), title: z.string(), to: z.string() })),
  instructions: z.array(z.strictObject({ at: instant, text: z.string() })),
  warnings: z.array(z.strictObject({ level: z.string(), title: z.string() })),
  unconfirmed: z.number().int(),
  checklist: z.array(checkSchema),
  remarks: z.string().max(4000),
  carryOver: z.array(
    z.strictObject({ text: z.string().max(500), eventId: z.string().nullable(), toOfficerId: z.string() }),
  ),
});
export type FormOneRecord = z.infer<typeof formOneSchema>;

/** What an open event needs beside its next step. */
export const eventMarks = ["whistle", "task", "report"] as const;
export type EventMark = (typeof eventMarks)[number];

/** Sections of lines, in the order of the sheet. */
export const sectionCodes = [
  "closed",
  "whistle",
  "task",
  "report",
  "warning",
  "instruction",
  "hazard",
  "fault",
  "watch",
] as const;
export type SectionCode = (typeof sectionCodes)[number];

/** What a line of the section `instruction` is. */
export const instructionKinds = {
  instruction: { zh: "批示", en: "Instruction" },
  request: { zh: "请示", en: "Request" },
} as const;

const lineSchema = z.strictObject({
  /** Names the line within the record: `section/id`. */
  key: z.string().max(120),
  /** A level, a kind, a limit: the short word before the title. */
  mark: z.string().max(40),
  /** Number of the event it speaks of, else empty: what paper may say when the title is masked. */
  number: z.string().max(40),
  title: z.string().max(4000),
  detail: z.string().max(500),
  at: instant.nullable(),
  eventId: z.string().nullable(),
  /** Kept on screen, masked on paper. */
  confidential: z.boolean(),
  note: z.string().max(500),
});
export type HandoverLine = z.infer<typeof lineSchema>;

const openEventSchema = z.strictObject({
  ...eventFields,
  reportedAt: instant,
  /** Reported in this shift. */
  isNew: z.boolean(),
  marks: z.array(z.enum(eventMarks)),
  confidential: z.boolean(),
  note: z.string().max(500),
});
export type HandoverEvent = z.infer<typeof openEventSchema>;

const keyItemSchema = z.strictObject({
  item: z.string(),
  unit: z.string(),
  count: z.number().int().min(0).max(9999).nullable(),
  ok: z.boolean(),
  note: z.string().max(200),
});

const carryOverSchema = z.strictObject({
  id: z.string().min(1).max(64),
  text: z.string().trim().min(1).max(500),
  eventId: z.string().nullable(),
  confidential: z.boolean(),
  toOfficerId: z.string().min(1).max(64),
  toName: z.string().max(40),
});

const formTwoSchema = z.strictObject({
  form: z.literal(2),
  ...head,
  /** Whose record it is: the sheet is made of the record alone. */
  office: z.strictObject({
    streetName: z.string(),
    deskName: z.string(),
    offsetMin: z.number().int(),
    sample: z.boolean(),
  }),
  /** [D] minutes before and after `dueAt` within which nobody is asked why. */
  limits: z.strictObject({ earlyMin: z.number().int().min(0), lateMin: z.number().int().min(0) }),
  openEvents: z.array(openEventSchema),
  sections: z.array(z.strictObject({ code: z.enum(sectionCodes), items: z.array(lineSchema) })),
  /** Ops that the district had not confirmed when the outgoing shift signed: `waiting` of `recorded`. */
  unconfirmed: z.strictObject({
    waiting: z.number().int(),
    recorded: z.number().int(),
    oldestAt: instant.nullable(),
  }),
  checklist: z.array(checkSchema.extend({ required: z.boolean() })),
  keys: z.array(keyItemSchema.extend({ required: z.boolean() })),
  remarks: z.string().max(4000),
  carryOver: z.array(carryOverSchema),
  /** HO-13: the end of the desk's chain of entries when the outgoing shift signed. */
  chain: z.strictObject({ no: z.number().int(), head: z.string().max(64) }).nullable(),
});
export type HandoverRecord = z.infer<typeof formTwoSchema>;

/** What one shift hands to the next, frozen at the outgoing signature. It is evidence: names are kept as they were. */
export const signedRecordSchema = z.union([formTwoSchema, formOneSchema]);
export type SignedRecord = z.infer<typeof signedRecordSchema>;
export const handoverRecordSchema = formTwoSchema;

/** HO-20: how the lines of the section `watch` begin that say who stood in a place, one after the other. */
export const stoodKey = "watch/stood/";

/** A line of which nothing is said yet. */
export const emptyLine = (key: string): HandoverLine => ({
  key,
  mark: "",
  number: "",
  title: "",
  detail: "",
  at: null,
  eventId: null,
  confidential: false,
  note: "",
});

/** HO-15: any record in the present form. What an old one does not say stays empty; titles that it cannot vouch for are masked on paper. */
export function readRecord(record: SignedRecord): HandoverRecord {
  if ("form" in record) return record;
  const line = (code: SectionCode, index: number) => emptyLine(`${code}/${index}`);
  return {
    ...record,
    form: 2,
    office: { streetName: "", deskName: "", offsetMin: 480, sample: false },
    limits: { earlyMin: 0, lateMin: 0 },
    openEvents: record.openEvents.map((event) => ({
      ...event,
      reportedAt: record.startAt,
      isNew: false,
      marks: [],
      confidential: true,
      note: "",
    })),
    sections: [
      {
        code: "whistle",
        items: record.whistles.map((one, index) => ({
          ...line("whistle", index),
          number: one.number,
          title: one.title,
          detail: one.to,
          eventId: one.eventId,
          confidential: true,
        })),
      },
      {
        code: "warning",
        items: record.warnings.map((one, index) => ({
          ...line("warning", index),
          mark: one.level,
          title: one.title,
        })),
      },
      {
        code: "instruction",
        items: record.instructions.map((one, index) => ({
          ...line("instruction", index),
          title: one.text,
          at: one.at,
        })),
      },
    ],
    unconfirmed: { waiting: record.unconfirmed, recorded: record.unconfirmed, oldestAt: null },
    checklist: record.checklist.map((one) => ({ ...one, required: true })),
    keys: [],
    carryOver: record.carryOver.map((one, index) => ({
      ...one,
      id: `old-${index}`,
      confidential: one.eventId !== null,
      toName: record.incoming.find(({ officerId }) => officerId === one.toOfficerId)?.name ?? "",
    })),
    chain: null,
  };
}

export const linesOf = (record: Pick<HandoverRecord, "sections">, code: SectionCode): readonly HandoverLine[] =>
  record.sections.find((section) => section.code === code)?.items ?? [];

/** An item is answered when it is in order, or when a note says what is not. */
export const answered = (one: { readonly ok: boolean; readonly note: string }): boolean =>
  one.ok || one.note.trim() !== "";

interface Answer {
  readonly ok: boolean;
  readonly note: string;
  readonly required: boolean;
}

export type RecordLack =
  | { readonly type: "checklist" | "keys"; readonly count: number }
  | { readonly type: "carry_text" | "carry_person"; readonly index: number };

/** HO-5 HO-7: what is still missing before the outgoing side can sign, first things first. */
export function lacksOf(written: {
  readonly checklist: readonly Answer[];
  readonly keys: readonly Answer[];
  readonly carryOver: readonly { readonly text: string; readonly toOfficerId: string }[];
}): RecordLack[] {
  const lacks: RecordLack[] = [];
  for (const type of ["checklist", "keys"] as const) {
    const count = written[type].filter((one) => one.required && !answered(one)).length;
    if (count > 0) lacks.push({ type, count });
  }
  written.carryOver.forEach((one, index) => {
    if (one.text.trim() === "") lacks.push({ type: "carry_text", index });
    else if (one.toOfficerId === "") lacks.push({ type: "carry_person", index });
  });
  return lacks;
}
