import type { ParsedOf } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { shownEvent } from "../queries/events.ts";

export function actOnTask(desk: Desk, body: ParsedOf<"task.act">): Answer<"task.act"> {
  const { call } = body.given;
  // The page tells the time by its own clock; a call that was just made does not lie ahead of the desk's (TK-7).
  const at = call && Math.min(call.at, desk.ports.now());
  const given = call && at !== undefined ? { ...body.given, call: { ...call, at } } : body.given;
  const done = act(desk, "event.task", { ...body, given });
  return done.ok ? ok(shownEvent(desk, done.value.state)) : done;
}
