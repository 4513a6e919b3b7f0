import { expect, test } from "vitest";
import { actsAtOnce } from "#renderer/features/queue/action-fields.ts";
import { stepsAtOnce } from "#renderer/features/queue/task-fields.ts";
import { backKey, confirmKey, hotkeys, keysOf, type Scope, type Standing, scopes } from "#renderer/parts/keys.ts";
import { eventStates } from "#shared/domain/duty-event/event.ts";
import { type Task, taskStates } from "#shared/domain/duty-event/task.ts";
import { taskActionsFrom, taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import { actionsFrom, type EventAction, eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { writtenKinds } from "#shared/domain/duty-log/duty-log.ts";
import { grades } from "#shared/domain/officer/officer.ts";
import { eventIn } from "../../shared/samples.ts";

type Row = Standing & { readonly keys: readonly string[] };
type Rows = Readonly<Record<string, Row>>;

/** A scope and those that it lies in, outermost first. */
const pathOf = (rows: Rows, name: string): string[] => {
  const under = rows[name]?.under;
  return under ? [...pathOf(rows, under), name] : [name];
};

/** Whether keys of two scopes can work at the same moment. */
function meet(rows: Rows, one: string, other: string): boolean {
  if ([one, other].includes("always")) return true;
  const [a, b] = [pathOf(rows, one), pathOf(rows, other)];
  if (a[0] !== b[0]) {
    const [first, second] = [rows[a[0] ?? ""], rows[b[0] ?? ""]];
    return !first?.dialog && !second?.dialog && first?.turn !== second?.turn;
  }
  const at = a.findIndex((name, index) => name !== b[index]);
  const [left, right] = [rows[a[at] ?? ""], rows[b[at] ?? ""]];
  return !left?.turn || left.turn !== right?.turn;
}

/** Every key that two scopes, or one scope twice, would answer at the same moment. */
function clashesOf(rows: Rows): string[] {
  const found: string[] = [];
  for (const [one, { keys }] of Object.entries(rows))
    for (const key of new Set(keys)) {
      if (keys.filter((other) => other === key).length > 1) found.push(`${key}: ${one} twice`);
      for (const [other, row] of Object.entries(rows))
        if (one < other && row.keys.includes(key) && meet(rows, one, other)) found.push(`${key}: ${one}, ${other}`);
    }
  return found;
}

const table: Rows = Object.fromEntries(
  Object.entries(scopes).map(([name, row]) => [name, { ...row, keys: keysOf(hotkeys[name as Scope]) }]),
);
const withKeys = (name: Scope, more: readonly string[]): Rows => ({
  ...table,
  [name]: { ...table[name], keys: [...(table[name]?.keys ?? []), ...more] },
});

/** What an event cannot be at once: at a boundary, and not. */
const worlds: readonly (readonly EventAction[])[] = [["mark_border"], ["agree", "unmark_border"]];
/** Keys of the event's buttons: each alone and, where it goes at once, with Alt for its words. */
const keysOfActions = (actions: readonly EventAction[], alt: boolean) =>
  actions
    .filter((action) => action !== "report")
    .flatMap((action) => [transitionOf(action).key, ...(alt ? [`Alt+${transitionOf(action).key}`] : [])]);

test("no two keys of the desk can meet, on any screen, in any panel, under any dialog", () => {
  expect(clashesOf(table)).toEqual([]);
  expect(hotkeys.everywhere.write).toHaveLength(writtenKinds.length);
  const all = Object.values(table).flatMap(({ keys }) => keys);
  expect(all).not.toContain(backKey);
  expect(all).not.toContain(confirmKey);
});

test("nor with those of an event: every state, every action, every grade", () => {
  const seen = new Set<EventAction>();
  for (const state of eventStates)
    for (const grade of grades)
      for (const without of worlds) {
        const actions = actionsFrom(state, grade).filter((action) => !without.includes(action));
        for (const action of actions) seen.add(action);
        const event = eventIn(state, { lead: { kind: "post", name: "交通巡逻岗" } });
        const atOnce = actions.filter((action) => actsAtOnce(action, event));
        const rest = actions.filter((action) => !actsAtOnce(action, event));
        const keys = [...keysOfActions(atOnce, true), ...keysOfActions(rest, false)];
        expect(clashesOf(withKeys("event", keys)), `${state} ${grade}`).toEqual([]);
      }
  expect(seen.size).toBe(eventActions.length - 1);
});

test("nor with those of a party's task, nor of the steps that are taken on many events together", () => {
  const party = { kind: "post", name: "交通巡逻岗" } as const;
  const task = (state: Task["state"], role: Task["role"]) =>
    ({ id: "post:交通巡逻岗", party, role, state, replacedBy: "" }) as unknown as Task;
  for (const state of eventStates)
    for (const taskState of taskStates)
      for (const role of ["lead", "co"] as const)
        for (const grade of grades) {
          const steps = taskActionsFrom({ state, tasks: [] }, task(taskState, role), grade);
          const keys = steps.flatMap((step) => [
            taskStepOf(step).key,
            ...(stepsAtOnce(step) ? [`Alt+${taskStepOf(step).key}`] : []),
          ]);
          expect(clashesOf(withKeys("party", keys)), `${state} ${taskState} ${role} ${grade}`).toEqual([]);
        }
  expect(hotkeys.party.give).toBe(taskStepOf("give").key);
  const together = eventActions.filter((action) => transitionOf(action).together);
  expect(clashesOf(withKeys("marked", keysOfActions(together, false)))).toEqual([]);
});

test("a planted clash is found: over places, in a panel, through a dialog, twice in one scope", () => {
  expect(clashesOf(withKeys("log", ["F6"]))).toEqual(["F6: everywhere, log"]);
  expect(clashesOf(withKeys("queue", ["2"]))).toEqual(["2: list, queue", "2: party, queue"]);
  expect(clashesOf(withKeys("event", ["/"]))).toEqual(["/: event, queue"]);
  expect(clashesOf(withKeys("intake", ["F12"]))).toEqual(["F12: always, intake"]);
  expect(clashesOf(withKeys("work", ["b"]))).toEqual(["b: map, work"]);
  expect(clashesOf(withKeys("link", ["s"]))).toEqual(["s: link twice"]);
  // What cannot meet may be the same.
  expect(clashesOf(withKeys("upkeep", ["o"]))).toEqual([]);
  expect(clashesOf(withKeys("intake", ["F1"]))).toEqual([]);
});
