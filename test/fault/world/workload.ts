import { readAll, readEntity } from "#core/store/entities.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Given } from "#shared/domain/duty-event/given.ts";
import { sawOf } from "#shared/domain/duty-event/merge.ts";
import { taskActionsFrom } from "#shared/domain/duty-event/task-steps.ts";
import { actionsFrom, type EventAction } from "#shared/domain/duty-event/transitions.ts";
import type { Grade, Officer } from "#shared/domain/officer/officer.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import type { WorldDesk } from "./desk.ts";
import type { Dice } from "./dice.ts";

/** What a desk has told its officer: saved. From here on it must never be lost. */
export interface Saved {
  readonly desk: string;
  readonly opId: string;
  readonly kind: OpKind;
  readonly body: unknown;
  readonly at: number;
  readonly by: string;
}

export const officers: readonly Officer[] = (
  [
    ["o-operator", "李敏", "operator"],
    ["o-deputy", "周洋", "operator"],
    ["o-shift", "王建国", "shift_leader"],
    ["o-leader", "陈志强", "leader"],
    ["o-admin", "刘芳", "admin"],
  ] as const
).map(([id, name, grade]) => ({
  id,
  name,
  grade,
  pool: "full_time",
  phone: "",
  post: "",
  active: true,
  publicKey: "",
}));

const lead = { kind: "team", name: "平安巡逻队" } as const;
const month = "2026-11";

function givenOf(action: EventAction, dice: Dice, mark: string): Given {
  switch (action) {
    case "assess":
      return {
        board: dice.pick(["safety", "livelihood"]),
        category: "water",
        level: dice.pick(["critical", "urgent", "normal"]),
        lead,
      };
    case "assign":
      return { lead: { ...lead, name: dice.pick(["平安巡逻队", "排水抢险队"]) } };
    case "feedback":
      return { text: `已到场 ${mark}` };
    case "close":
      return { result: `处置完毕 ${mark}` };
    case "return":
    case "reopen":
    case "void":
      return { reason: `原因 ${mark}` };
    case "ask_pause":
    case "pause":
      return { pauseMin: dice.pick([30, 240]), reason: `等待 ${mark}` };
    case "ask_extend":
    case "extend":
      return { moreMin: dice.pick([30, 240]), reason: `延期 ${mark}` };
    case "whistle":
      return { whistleKind: "emergency", to: "应急管理局", text: `请支援 ${mark}` };
    default:
      return {};
  }
}

/** Officers at work on any desk, each on what that desk shows at the time. */
export function openWorkload(dice: Dice, desks: readonly WorldDesk[]) {
  const saved: Saved[] = [];
  let count = 0;

  function put<K extends OpKind>(desk: WorldDesk, kind: K, body: BodyOf<K>, by: string): void {
    const done = desk.record(kind, body, by);
    if (done) saved.push({ desk: desk.name, opId: done.opId, kind, body, at: done.at, by });
  }

  function report(desk: WorldDesk, by: string): void {
    const eventId = `event-${desk.name}-${++count}`;
    put(
      desk,
      "event.report",
      {
        eventId,
        given: {
          number: `20261121-${desk.name}${count}`,
          source: "phone",
          title: `积水 ${count}`,
          text: "路口积水",
          level: dice.chance(0.2) ? "critical" : "normal",
          category: "",
          confidential: false,
          callerName: "",
          callerPhone: "",
          place: { text: "", point: null, community: "", grid: "" },
          limitMin: dice.chance(0.5) ? 60 : null,
          sample: false,
        },
      },
      by,
    );
  }

  function act(desk: WorldDesk, by: string, grade: Grade, events: readonly DutyEvent[]): void {
    // The latest events are the ones that two desks have in their hands at once.
    const event = dice.pick(events.slice(-2));
    const actions = actionsFrom(event.state, grade);
    if (actions.length === 0) return;
    // The usual step comes first; drawn from all alike, few events would ever come as far as to have parties.
    const action = (dice.chance(0.7) ? actions[0] : dice.pick(actions)) as Exclude<EventAction, "report">;
    const given = givenOf(action, dice, String(++count));
    put(desk, "event.act", { eventId: event.id, action, given, saw: sawOf(event, given) } as BodyOf<"event.act">, by);
  }

  /** A step of a party, or a task for another one. */
  function party(desk: WorldDesk, by: string, grade: Grade, events: readonly DutyEvent[]): void {
    const event = dice.pick(events.slice(-2));
    const task = event.tasks.length > 0 && dice.chance(0.7) ? dice.pick(event.tasks) : null;
    const steps = taskActionsFrom(event, task ?? "none", grade);
    if (steps.length === 0) return;
    const name = dice.pick(["医院", "供电所", "排水抢险队"]);
    const given = { text: `情况 ${++count}`, ...(task ? {} : { party: { kind: "team", name } as const }) };
    put(desk, "event.task", { eventId: event.id, taskId: task?.id ?? null, action: dice.pick(steps), given }, by);
  }

  /** A file is named in an event, or one is taken back; the same content may be named twice, by two desks at once. */
  function file(desk: WorldDesk, by: string, events: readonly DutyEvent[]): void {
    const event = dice.pick(events.slice(-2));
    const [known] = event.attachments;
    if (known && dice.chance(0.3)) {
      put(desk, "attachment.withdraw", { eventId: event.id, attachmentId: known.id, reason: "拍错了" }, by);
      return;
    }
    const sha256 = String(dice.between(0, 9)).repeat(64);
    const attachment = {
      id: `file-${desk.name}${++count}`,
      sha256,
      bytes: 1_000,
      media: "image/jpeg",
      name: "现场.jpg",
    } as const;
    put(desk, "attachment.add", { eventId: event.id, attachment }, by);
  }

  function note(desk: WorldDesk, by: string): void {
    const nothing = { callerName: "", callerPhone: "", unit: "", eventId: null, corrects: null };
    const id = `note-${desk.name}-${++count}`;
    put(desk, "log.write", { id, kind: "note", text: `巡查 ${count}`, ...nothing, officerIds: [], assetIds: [] }, by);
  }

  function assign(desk: WorldDesk, by: string): void {
    const db = desk.db();
    if (!db) return;
    const slot = `${month}-2${dice.between(1, 2)}/day/main_operator/0`;
    const was = readEntity(db, "roster", month)?.slots[slot] ?? null;
    const officerId = dice.chance(0.2) ? null : dice.pick(officers).id;
    put(
      desk,
      "roster.assign",
      { month, slot, officerId, was, names: { officer: officerId ?? "", was: was ?? "" } },
      by,
    );
  }

  function people(desk: WorldDesk): void {
    const db = desk.db();
    if (!db) return;
    const one = readEntity(db, "officer", dice.pick(officers.slice(0, 3)).id);
    if (one)
      put(
        desk,
        "officer.put",
        { ...one, grade: dice.pick(["operator", "shift_leader"]), active: dice.chance(0.7) },
        "o-admin",
      );
  }

  return {
    saved,
    /** One note, written at this desk, by somebody whom nobody strikes off. */
    write: (desk: WorldDesk): void => note(desk, "o-leader"),
    /** One thing that an officer does at some desk. */
    work(): void {
      const desk = dice.pick(desks.filter((one) => one.up));
      const db = desk?.db();
      if (!desk || !db) return;
      try {
        const at = dice.pick(officers.slice(0, 4));
        const grade = readEntity(db, "officer", at.id)?.grade ?? at.grade;
        const events = readAll(db, "event");
        const what = dice.roll();
        if (events.length === 0 || what < 0.1) report(desk, at.id);
        else if (what < 0.5) act(desk, at.id, grade, events);
        else if (what < 0.62) party(desk, at.id, grade, events);
        else if (what < 0.7) file(desk, at.id, events);
        else if (what < 0.82) note(desk, at.id);
        else if (what < 0.94) assign(desk, "o-shift");
        else people(desk);
      } catch (error) {
        // The desk may die over a question too; nothing was saved then.
        if (desk.up) throw error;
      }
    },
  };
}
