import type { ParsedOf } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk } from "../desk.ts";

export function actOnTask(desk: Desk, body: ParsedOf<"task.act">): Answer<"task.act"> {
  const done = act(desk, "event.task", body);
  return done.ok ? ok({ event: done.value.state }) : done;
}
