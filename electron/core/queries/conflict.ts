import type { Conflict, ConflictField, ParsedOf } from "#shared/contract.ts";
import { sealedLine } from "#shared/domain/duty-event/confidential.ts";
import { boardNames, type DutyEvent, levelNames, type Party, stateNames } from "#shared/domain/duty-event/event.ts";
import type { Given } from "#shared/domain/duty-event/given.ts";
import { type MergedField, mergedFields, sawOf } from "#shared/domain/duty-event/merge.ts";
import { openTaskOf, taskStateNames } from "#shared/domain/duty-event/task.ts";
import { taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import { type EventAction, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { gradeNames, type Officer } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { applyOp, type BodyOf, type EntityStates } from "#shared/op/kinds.ts";
import type { Answer, Desk } from "../desk.ts";
import { sealOf } from "../session/seal.ts";
import { gradeOf } from "../store/commit.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { opOf } from "../store/outbox.ts";
import { categoryOf } from "./categories.ts";
import { type ItemRow, itemOf } from "./link.ts";
import { officersById } from "./people.ts";

interface Line {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly action: string;
  readonly zh: string;
  readonly en: string;
  readonly no: number;
}

const plain = (text: string): Bilingual => ({ zh: text, en: text });
const nothing: Bilingual = { zh: "空", en: "none" };
const said = (text: string | undefined | null): Bilingual => (text ? plain(text) : nothing);

/** The refused op of this desk with its line of the log. */
export const refusedRow = (desk: Desk, opId: string): ItemRow | undefined =>
  sql(
    desk.db,
    `SELECT o.*, l.zh, l.en, l.event_id FROM op o LEFT JOIN duty_log l ON l.id = o.id WHERE o.id = ? AND o.state = 'refused'`,
  ).get(opId) as ItemRow | undefined;

/** OP-6: what a refused op says beside what stands there now, field by field, with who made it so. */
export function getConflict(desk: Desk, { opId }: ParsedOf<"link.conflict">): Answer<"link.conflict"> {
  const row = refusedRow(desk, opId);
  if (!row) return fail(deskError("link.unknown_op"));
  const names = officersById(desk.db);
  const nameOf = (id: string) => names.get(id)?.name ?? "";
  const lines = linesSince(desk, row);
  const blocked = wouldFail(desk, row);
  const seal = sealOf(desk, row.event_id);
  const conflict: Conflict = {
    item: itemOf(desk, row),
    officerName: nameOf(row.by),
    // CF-1: what was said of a confidential event stays out; what stands against what does not.
    fields: fieldsOf(desk, row, lines, nameOf).filter(({ words }) => !seal || !words),
    theirs: lines.map((line) => ({
      id: line.id,
      at: line.at,
      officerName: nameOf(line.by),
      text: seal ? sealedLine(seal.number) : { zh: line.zh, en: line.en },
      no: line.no,
    })),
    blocked: blocked && { errorId: blocked.id, params: blocked.params ?? {} },
  };
  return ok({ conflict });
}

/** Confirmed lines of the same event, or of the same slot of the roster, that this desk read after the op was recorded. */
function linesSince(desk: Desk, row: ItemRow): Line[] {
  const mine = sql(desk.db, "SELECT row FROM duty_log WHERE id = ?").pluck().get(row.id) as number | undefined;
  const columns = "SELECT id, at, by, action, zh, en, no FROM duty_log";
  if (mine === undefined) return [];
  if (row.event_id !== null)
    return sql(desk.db, `${columns} WHERE event_id = ? AND row > ? AND no IS NOT NULL ORDER BY no DESC LIMIT 20`).all(
      row.event_id,
      mine,
    ) as Line[];
  if (row.kind !== "roster.assign") return [];
  const head = (row.zh ?? "").split("\uff1a")[0] ?? "";
  return (
    sql(
      desk.db,
      `${columns} WHERE kind = 'roster' AND action = 'assign' AND row > ? AND no IS NOT NULL ORDER BY no DESC LIMIT 200`,
    ).all(mine) as Line[]
  ).filter((line) => line.zh.startsWith(`${head}\uff1a`));
}

/** What the rule says to the op as things stand, when its officer has seen them. */
function wouldFail(desk: Desk, row: ItemRow): DeskError | null {
  const body = bodyAgain(desk, row);
  const present = readEntity(desk.db, row.entity, row.entity_id);
  const applied = applyOp({ ...opOf(row, "here"), body }, present, gradeOf(desk.db, row.by));
  return applied.ok ? null : applied.error;
}

/** The op's body as it must be to stand on what is there now: its officer has seen that, and means it still. */
export function bodyAgain(desk: Desk, row: ItemRow): unknown {
  const body = JSON.parse(row.body) as unknown;
  if (row.kind === "event.act") {
    const event = readEntity(desk.db, "event", row.entity_id);
    const act = body as BodyOf<"event.act">;
    return event ? { ...act, saw: sawOf(event, act.given) } : body;
  }
  if (row.kind !== "roster.assign") return body;
  const assign = body as BodyOf<"roster.assign">;
  const was = readEntity(desk.db, "roster", row.entity_id)?.slots[assign.slot] ?? null;
  const name = was === null ? "" : (officersById(desk.db).get(was)?.name ?? "");
  return { ...assign, was, names: { ...assign.names, was: name } };
}

/** The body with only the fields of `keep` from the op, the others as they stand, and words written anew. */
export function bodyEdited(
  desk: Desk,
  row: ItemRow,
  keep: readonly string[],
  words: Readonly<Record<string, string>>,
): unknown {
  const body = bodyAgain(desk, row);
  const event = readEntity(desk.db, "event", row.entity_id);
  if (row.kind !== "event.act" || !event) return body;
  const act = body as BodyOf<"event.act">;
  const given: Record<string, unknown> = { ...act.given };
  for (const field of mergedFields) {
    if (given[field] === undefined || keep.includes(field)) continue;
    given[field] = event[field] ?? undefined;
  }
  for (const [name, text] of Object.entries(words)) if (typeof given[name] === "string") given[name] = text;
  return { ...act, given };
}

function fieldsOf(desk: Desk, row: ItemRow, lines: readonly Line[], nameOf: (id: string) => string): ConflictField[] {
  const madeBy = (line: Line | undefined) => ({ by: line ? nameOf(line.by) : "", at: line?.at ?? null });
  if (row.kind === "event.act") {
    const event = readEntity(desk.db, "event", row.entity_id);
    return event ? eventFields(desk, JSON.parse(row.body) as BodyOf<"event.act">, event, lines, madeBy) : [];
  }
  if (row.kind === "event.task") {
    const event = readEntity(desk.db, "event", row.entity_id);
    return event ? taskFields(JSON.parse(row.body) as BodyOf<"event.task">, event, madeBy(lines[0])) : [];
  }
  if (row.kind === "roster.assign") {
    const { slot, names } = JSON.parse(row.body) as BodyOf<"roster.assign">;
    const now = readEntity(desk.db, "roster", row.entity_id)?.slots[slot];
    return [
      {
        name: "slot",
        mine: said(names.officer),
        present: said(now ? nameOf(now) : ""),
        ...madeBy(lines[0]),
        choice: false,
        words: false,
      },
    ];
  }
  if (row.kind !== "officer.put") return [];
  const mine = JSON.parse(row.body) as Officer;
  const now = readEntity(desk.db, "officer", row.entity_id);
  return (["name", "grade", "phone", "post", "active"] as const)
    .filter((name) => now && now[name] !== mine[name])
    .map((name) => ({
      name,
      mine: officerWords(mine, name),
      present: now ? officerWords(now, name) : nothing,
      by: "",
      at: null,
      choice: false,
      words: false,
    }));
}

function officerWords(officer: Officer, name: "name" | "grade" | "phone" | "post" | "active"): Bilingual {
  if (name === "grade") return gradeNames[officer.grade];
  if (name === "active") return officer.active ? { zh: "在岗", en: "active" } : { zh: "停用", en: "inactive" };
  return said(officer[name]);
}

const setBy: Readonly<Record<MergedField, readonly EventAction[]>> = {
  board: ["assess"],
  category: ["assess"],
  level: ["assess"],
  lead: ["assess", "assign"],
  coHandlers: ["assess", "assign"],
  limitMin: ["assess"],
};

function eventFields(
  desk: Desk,
  { action, given }: BodyOf<"event.act">,
  event: EntityStates["event"],
  lines: readonly Line[],
  madeBy: (line: Line | undefined) => { by: string; at: number | null },
): ConflictField[] {
  const row = transitionOf(action);
  const fields: ConflictField[] = [
    {
      name: "state",
      mine: row.label,
      present: stateNames[event.state],
      ...madeBy(lines[0]),
      choice: false,
      words: false,
    },
  ];
  for (const field of mergedFields) {
    if (given[field] === undefined || JSON.stringify(given[field]) === JSON.stringify(event[field])) continue;
    const line = lines.find((one) => setBy[field].includes(one.action as EventAction));
    fields.push({
      name: field,
      mine: fieldWords(desk, field, given),
      present: fieldWords(desk, field, event),
      ...madeBy(line),
      choice: true,
      words: false,
    });
  }
  for (const name of ["text", "result", "reason", "note"] as const) {
    const mine = given[name];
    if (mine === undefined) continue;
    const present = name === "result" ? event.result : "";
    const line = name === "result" ? lines.find((one) => one.action === "close") : undefined;
    fields.push({ name, mine: said(mine), present: said(present), ...madeBy(line), choice: false, words: true });
  }
  return fields;
}

/** A step of a party beside where the party stands now. */
function taskFields(
  { taskId, action, given }: BodyOf<"event.task">,
  event: EntityStates["event"],
  made: { by: string; at: number | null },
): ConflictField[] {
  const task =
    event.tasks.find(({ id }) => id === taskId) ?? (given.party && openTaskOf(event.tasks, given.party)) ?? null;
  const fixed = { choice: false, words: false };
  const party = task?.party.name ?? given.party?.name ?? "";
  const stands = task ? taskStateNames[task.state] : nothing;
  return [
    { name: "task", mine: said(party), present: said(task?.party.name), ...made, ...fixed },
    { name: "state", mine: taskStepOf(action).label, present: stands, ...made, ...fixed },
    ...(given.text ? [{ name: "text", mine: said(given.text), present: said(task?.feedback), ...made, ...fixed }] : []),
  ];
}

function fieldWords(desk: Desk, field: MergedField, from: Given | DutyEvent): Bilingual {
  const parties = (list: readonly Party[] | undefined) => said((list ?? []).map((party) => party.name).join("、"));
  switch (field) {
    case "board":
      return from.board ? boardNames[from.board] : nothing;
    case "level":
      return from.level ? levelNames[from.level] : nothing;
    case "category":
      return said(categoryOf(desk, from.category ?? "")?.name ?? from.category);
    case "lead":
      return said(from.lead?.name);
    case "coHandlers":
      return parties(from.coHandlers);
    case "limitMin":
      return from.limitMin ? { zh: `${from.limitMin} 分钟`, en: `${from.limitMin} min` } : nothing;
  }
}
