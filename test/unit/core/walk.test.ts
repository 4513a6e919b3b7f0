import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Desk } from "#core/desk.ts";
import { openDesk } from "#core/open-desk.ts";
import { deskCalls } from "#core/run-call.ts";
import { openChain } from "#core/store/chain.ts";
import { record } from "#core/store/commit.ts";
import { openDatabase } from "#core/store/database.ts";
import { readEntity } from "#core/store/entities.ts";
import { writeMeta } from "#core/store/meta.ts";
import { applyPulled, readCursor, settlePush, waitingOps } from "#core/store/outbox.ts";
import { addDevice } from "#district/auth/devices.ts";
import { openPush, type Push } from "#district/ledger/push.ts";
import { openAudit } from "#district/store/audit.ts";
import { readIdentity } from "#district/store/meta.ts";
import { sqliteStore } from "#district/store/open.ts";
import { openSqlite } from "#district/store/sqlite.ts";
import { contract, type LinkState } from "#shared/contract.ts";
import { type DutyEvent, type EventState, eventStates } from "#shared/domain/duty-event/event.ts";
import type { Given } from "#shared/domain/duty-event/given.ts";
import { judgeAction } from "#shared/domain/duty-event/judge.ts";
import { judgeTask } from "#shared/domain/duty-event/judge-task.ts";
import { type TaskAction, type TaskGiven, taskActions, taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import { type EventAction, eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { type Grade, grades, type Officer } from "#shared/domain/officer/officer.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { at, fullGiven } from "../shared/samples.ts";

/**
 * The walk through the real desk and the real district: every state × action × grade × link. What the rule book says of each
 * is proved in `shared/transitions.test.ts` and `shared/tasks.test.ts`; here that the desk does just that whatever its link
 * is at, that a refusal leaves nothing behind, and that the district says the same to every op, sooner or later.
 */
const street = "500118004";
const device = "walking-desk";
type Taken = Exclude<EventAction, "report">;
const actions = eventActions.filter((action): action is Taken => action !== "report");

const links = {
  /** Each op is confirmed at once. */
  up: { state: "online", sinceAt: at },
  /** Nothing goes out until the plug is put back at the end. */
  down: { state: "offline", sinceAt: at, reasonId: "link.unreachable", retryAt: at + 1 },
  /** The district knows this device no more: nothing goes out at all. */
  "refused device": { state: "stopped", sinceAt: at, reasonId: "link.refused_device" },
  /** The line is there and the ops before this one are still on their way. */
  "waiting ops": { state: "catching_up", sinceAt: at, done: 1, total: 9 },
} as const satisfies Record<string, LinkState>;
type Link = keyof typeof links;

const people = Object.fromEntries(
  grades.map((grade): [Grade, Officer] => [
    grade,
    { id: `o-${grade}`, name: grade, grade, pool: "full_time", phone: "", post: "", active: true, publicKey: "" },
  ]),
) as Record<Grade, Officer>;

const lead = { kind: "post", name: "交通巡逻岗" } as const;
const co = { kind: "joint_post", name: "综合执法岗" } as const;
const coId = "joint_post:综合执法岗";
const given: Record<Taken, Given> = { ...fullGiven, assign: { lead, coHandlers: [co] }, acknowledge: {} };

const folders: string[] = [];
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Walker {
  readonly link: Link;
  readonly act: (grade: Grade, id: string, action: Taken, words?: Given) => Promise<Result<DutyEvent, DeskError>>;
  readonly step: (
    grade: Grade,
    id: string,
    taskId: string | null,
    action: TaskAction,
    given: TaskGiven,
  ) => Promise<Result<DutyEvent, DeskError>>;
  readonly read: (id: string) => DutyEvent;
  readonly report: () => Promise<string>;
  readonly recorded: () => number;
  /** Plug in: all that waits goes to the district; answers the ids of ops that it refused. */
  readonly catchUp: () => Promise<string[]>;
  readonly atDistrict: (id: string) => unknown;
  readonly buttons: (grade: Grade, id: string, taskId: string) => readonly TaskAction[];
}

async function openWalker(link: Link): Promise<Walker> {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-walk-"));
  folders.push(folder);
  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  // Thousands of transactions: what is proved here is not that a power cut spares them.
  db.pragma("synchronous = OFF");
  writeMeta(db, "street", street);
  openChain(db, { now: () => at, monotonic: () => 0, randomBytes });
  const file = openSqlite(join(folder, "district.db"));
  file.pragma("synchronous = OFF");
  const store = sqliteStore(file);
  const push: Push = openPush(
    store,
    openAudit(store.db, () => at),
  );
  const streets = [{ code: street, name: "茶山竹海街道" }];
  await readIdentity(store, { district: { name: "永川区" }, streets } as never, () => "walk");
  await addDevice(store.db, { id: device, street, name: "一号席", publicKey: "", sample: false }, at);
  let tick = 0;
  const desk: Desk = openDesk(
    {
      profileDir: folder,
      resourcesDir: join(import.meta.dirname, "../../../resources"),
      version: "test",
      now: () => at + ++tick,
      monotonic: () => tick,
      randomBytes,
      log: () => {},
    },
    db,
    () => {},
  );
  const sync = { ...desk.sync, state: () => links[link], opRecorded: () => {} };
  const by = (grade: Grade): Desk => ({
    ...desk,
    sync: sync as Desk["sync"],
    session: { ...desk.session, officer: people[grade] },
  });
  closing.push(() => {
    db.close();
    file.close();
  });
  let head = 0;
  /** With the link up, each op is confirmed before the next call. */
  const told = async <T>(outcome: T): Promise<T> => {
    if (link === "up") await catchUp();
    return outcome;
  };
  async function catchUp(): Promise<string[]> {
    const refused: string[] = [];
    for (let ops = waitingOps(db, device, 500); ops.length > 0; ops = waitingOps(db, device, 500)) {
      const { results } = await push({ id: device, street }, ops, at);
      settlePush(db, results);
      const rows = results.flatMap((result, index) => {
        if (result.outcome === "refused") refused.push(`${ops[index]?.kind} ${result.error.id}`);
        const op = ops[index];
        return op && result.outcome === "accepted" ? [{ ...op, no: result.no, confirmedAt: at }] : [];
      });
      head = rows.at(-1)?.no ?? head;
      applyPulled(db, rows, head);
    }
    expect(readCursor(db)).toBe(head);
    return refused;
  }
  for (const officer of Object.values(people)) {
    const done = record(db, "officer.put", officer, {
      by: "setup",
      at,
      street,
      newId: () => `00000000-0000-7000-8000-${randomBytes(6).toString("hex")}`,
    });
    if (!done.ok) throw new Error(done.error.id);
  }
  if (link === "up") await catchUp();
  const eventOf = (outcome: unknown): Result<DutyEvent, DeskError> => {
    const answer = outcome as Result<{ event: DutyEvent }, DeskError>;
    return answer.ok ? { ok: true, value: answer.value.event } : answer;
  };
  const read = (id: string): DutyEvent => {
    const event = readEntity(db, "event", id);
    if (!event) throw new Error(`no event ${id}`);
    return event;
  };
  const stateAt = file.prepare("SELECT state FROM entity WHERE kind = 'event' AND id = ?").pluck();
  return {
    link,
    read,
    catchUp,
    act: (grade, id, action, words) => {
      const asked = (words ?? given[action]) as Record<string, unknown>;
      return told(eventOf(deskCalls["event.transition"](by(grade), { id, action, given: asked })));
    },
    step: (grade, eventId, taskId, action, words) =>
      told(eventOf(deskCalls["task.act"](by(grade), { eventId, taskId, action, given: words }))),
    report: async () => {
      const input = contract["event.report"].input.parse({ text: "路口积水", level: "urgent" });
      const done = await told(eventOf(deskCalls["event.report"](by("leader"), input)));
      if (!done.ok) throw new Error(done.error.id);
      return done.value.id;
    },
    recorded: () => db.prepare("SELECT count(*) FROM op").pluck().get() as number,
    atDistrict: (id) => JSON.parse(stateAt.get(id) as string),
    buttons: (grade, id, taskId) => {
      const outcome = deskCalls["event.get"](by(grade), { id }) as Result<
        { taskActions: TaskAction[][]; event: DutyEvent },
        DeskError
      >;
      if (!outcome.ok) throw new Error(outcome.error.id);
      const place = outcome.value.event.tasks.findIndex((task) => task.id === taskId);
      return outcome.value.taskActions[place] ?? [];
    },
  };
}

/** The shortest way to each state, found by the rules themselves. */
function waysTo(): Map<EventState, readonly Taken[]> {
  const ways = new Map<EventState, readonly Taken[]>([["reported", []]]);
  const seen: [DutyEvent, readonly Taken[]][] = [[sample, []]];
  for (const [event, way] of seen)
    for (const action of actions) {
      const done = judgeAction(event, action, given[action], { at, by: "o-leader", grade: "leader" });
      if (!done.ok || ways.has(done.value.state)) continue;
      ways.set(done.value.state, [...way, action]);
      seen.push([done.value, [...way, action]]);
    }
  return ways;
}
let sample: DutyEvent;

describe.each(Object.keys(links) as Link[])("link: %s", (link) => {
  let walker: Walker;
  let ways: Map<EventState, readonly Taken[]>;
  beforeAll(async () => {
    walker = await openWalker(link);
    // What others are merged into and linked to is there, open, and was reported first.
    const { id: eventId, number, reportedAt } = walker.read(await walker.report());
    given.merge = { into: { eventId, number, reportedAt } };
    given.link = { other: { eventId, number }, linkKind: "related" };
    sample = walker.read(await walker.report());
    ways = waysTo();
  });

  /** A new event in this state, by ops of the desk. */
  const eventIn = async (state: EventState): Promise<string> => {
    const id = await walker.report();
    for (const action of ways.get(state) ?? []) {
      const done = await walker.act("leader", id, action);
      if (!done.ok) throw new Error(`${state}: ${action} ${done.error.id}`);
    }
    expect(walker.read(id).state).toBe(state);
    return id;
  };

  test("EV-1 to EV-21, EV-14: every action from every state by every grade is what the rules say, and nothing else", async () => {
    expect([...ways.keys()].toSorted()).toEqual(eventStates.toSorted());
    const cited = new Set<string>();
    for (const state of ways.keys()) {
      let id = await eventIn(state);
      for (const action of actions)
        for (const grade of grades) {
          const before = walker.read(id);
          const by = { at: at + 1_000_000, by: people[grade].id, grade };
          const law = judgeAction(before, action, given[action], by);
          const ops = walker.recorded();
          const done = await walker.act(grade, id, action);
          const where = `${action} from ${state} by ${grade}`;
          expect(done.ok, where).toBe(law.ok);
          for (const rule of transitionOf(action).rules) cited.add(rule);
          const made = action === "split" ? (given.split.parts?.length ?? 0) : 0;
          expect(walker.recorded(), where).toBe(ops + (law.ok ? 1 + made : 0));
          if (!law.ok || !done.ok) {
            expect(done, where).toEqual(law);
            expect(walker.read(id), `${where}: nothing is left behind`).toEqual(before);
            continue;
          }
          expect(done.value.state, where).toBe(law.value.state);
          expect(
            done.value.tasks.map((task) => task.state),
            where,
          ).toEqual(law.value.tasks.map((task) => task.state));
          id = await eventIn(state);
        }
    }
    expect([...cited].toSorted()).toEqual(
      expect.arrayContaining([
        "EV-2",
        "EV-3",
        "EV-4",
        "EV-5",
        "EV-6",
        "EV-7",
        "EV-8",
        "EV-9",
        "EV-10",
        "EV-11",
        "EV-12",
      ]),
    );
  });

  test("TK-1 to TK-11, EV-17: every step of a party from every state by every grade is what the rules say", async () => {
    let parties = 0;
    /** A party of its own for each step that names one. */
    const another = () => ({ kind: "team", name: `应急小分队${++parties}` }) as const;
    const said: Record<TaskAction, () => TaskGiven> = {
      give: () => ({ party: another() }),
      acknowledge: () => ({}),
      arrive: () => ({}),
      report: () => ({ text: "正在清" }),
      finish: () => ({ text: "清完" }),
      tell: () => ({ call: { way: "phone", person: "李强", phone: "13800000001", at, answer: "马上到" } }),
      decline: () => ({ text: "不在职责范围" }),
      replace: () => ({ party: another(), text: "人手不够" }),
      send_back: () => ({ text: "还有碎石" }),
      withdraw: () => ({ text: "不用去了" }),
    };
    const words = (action: TaskAction): TaskGiven => said[action]();
    const many = Array.from({ length: 8 }, (_, place) => ({ kind: "joint_post", name: `联勤岗${place}` }) as const);
    const reach: Record<string, readonly TaskAction[]> = {
      given: [],
      acknowledged: ["acknowledge"],
      arrived: ["arrive"],
      reported: ["report"],
      finished: ["finish"],
      declined: ["decline"],
      withdrawn: ["withdraw"],
    };
    const cited = new Set<string>();
    const assigned: readonly Taken[] = ["accept", "assign"];
    const fedBack: readonly Taken[] = [...assigned, "acknowledge", "feedback"];
    const eventWays = { assigned, fed_back: fedBack, verified: [...fedBack, "verify"], closed: assigned } as const;
    for (const [state, eventWay] of Object.entries(eventWays))
      for (const [taskState, way] of Object.entries(reach)) {
        // An allowed step uses up its party; a new event is made when all of an event's are.
        let id = "";
        let left: string[] = [];
        const refill = async () => {
          id = await walker.report();
          for (const action of eventWay)
            await walker.act("leader", id, action, action === "assign" ? { lead, coHandlers: many } : undefined);
          left = many.map(({ kind, name }) => `${kind}:${name}`);
          for (const taskId of left)
            for (const action of way) await walker.step("leader", id, taskId, action, words(action));
          if (state === "closed") await walker.act("leader", id, "close");
        };
        await refill();
        const expected = state === "closed" && !["finished", "declined"].includes(taskState) ? "withdrawn" : taskState;
        expect(walker.read(id).tasks.filter((task) => task.state === expected).length).toBeGreaterThanOrEqual(8);
        for (const grade of grades) {
          const taskId = left[0] ?? "";
          const buttons = walker.buttons(grade, id, taskId);
          const by = { at: at + 1_000_000, by: people[grade].id, grade };
          for (const action of taskActions.filter((one) => one !== "give"))
            expect(buttons.includes(action), `the button ${action} of a ${taskState} task in ${state}`).toBe(
              judgeTask(walker.read(id), taskId, action, words(action), by).ok,
            );
        }
        for (const action of taskActions)
          for (const grade of grades) {
            const taskId = action === "give" ? null : (left[0] ?? "");
            const before = walker.read(id);
            const given = words(action);
            const by = { at: at + 1_000_000, by: people[grade].id, grade };
            const law = judgeTask(before, taskId, action, given, by);
            const where = `${action} of a ${taskState} task in ${state} by ${grade}`;
            const ops = walker.recorded();
            const done = await walker.step(grade, id, taskId, action, given);
            for (const rule of taskStepOf(action).rules) cited.add(rule);
            expect(done.ok, where).toBe(law.ok);
            expect(walker.recorded(), where).toBe(ops + (law.ok ? 1 : 0));
            if (!law.ok) {
              expect(done, where).toEqual(law);
              expect(walker.read(id), `${where}: nothing is left behind`).toEqual(before);
            } else if (taskId !== null) {
              left.shift();
              if (left.length === 0) await refill();
            }
          }
      }
    expect(cited.size).toBe(11);
  });

  test("OP-2: the district says the same to every op, as soon as they reach it", async () => {
    if (link === "refused device") {
      // Nothing reached it and nothing was lost: all of it waits here, in its order.
      expect(walker.recorded()).toBeGreaterThan(500);
      return;
    }
    expect(await walker.catchUp()).toEqual([]);
    const id = await eventIn("fed_back");
    await walker.step("leader", id, coId, "report", { text: "正在清" });
    expect(await walker.catchUp()).toEqual([]);
    expect(walker.atDistrict(id)).toEqual(walker.read(id));
  });
});
