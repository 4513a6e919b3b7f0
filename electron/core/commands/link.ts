import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { type BodyOf, isOpKind, type OpKind, opKinds } from "#shared/op/kinds.ts";
import { type Answer, act, type Desk, topicsOfKinds } from "../desk.ts";
import { bodyAgain, bodyEdited, refusedRow } from "../queries/conflict.ts";
import { type ItemRow, linkStatus } from "../queries/link.ts";
import { noteDesk } from "../store/chain.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";

export async function syncNow(desk: Desk): Promise<Answer<"link.syncNow">> {
  await desk.sync.syncNow();
  return ok(linkStatus(desk));
}

export async function enrol(desk: Desk, { url, code }: ParsedOf<"link.enrol">): Promise<Answer<"link.enrol">> {
  const done = await desk.sync.enrol({ url, code, deskName: desk.deskName, street: desk.street.code });
  return done.ok ? ok(linkStatus(desk)) : done;
}

/**
 * OP-4, OP-6: a refused op is settled by a person: recorded anew on the present state, whole or with chosen fields, or given
 * up. It stays readable.
 */
export function settle(desk: Desk, { opId, how, keep, words }: ParsedOf<"link.settle">): Answer<"link.settle"> {
  const row = refusedRow(desk, opId);
  if (!row || !isOpKind(row.kind)) return fail(deskError("link.unknown_op"));
  const putAside = () => void sql(desk.db, "UPDATE op SET state = 'settled' WHERE seq = ?").run(row.seq);
  if (how === "drop") {
    desk.db.transaction(() => {
      putAside();
      noteGivenUp(desk, row);
    })();
    desk.notify(...topicsOfKinds([row.entity]));
    return ok({});
  }
  // What the desk did by itself it does again by itself.
  const by = opKinds[row.kind].hand === "desk" ? "desk" : undefined;
  const again = () => {
    putAside();
    return (how === "edit" ? bodyEdited(desk, row, keep, words) : bodyAgain(desk, row)) as BodyOf<OpKind>;
  };
  const done = by ? act(desk, row.kind, again, by) : act(desk, row.kind, again);
  return done.ok ? ok({}) : done;
}

/** Who gave a refused op up stands in the log, which names it by its number: what it says is in its own line. */
function noteGivenUp(desk: Desk, { id, seq, event_id }: ItemRow): void {
  const by = desk.session.officer?.name ?? "";
  const number = event_id === null ? "" : `${readEntity(desk.db, "event", event_id)?.number ?? ""} `;
  noteDesk(desk.db, desk.street.code, {
    kind: "desk.gave_up",
    zh: `${by} 放弃被退的一条，不再上报：${number}本席第 ${seq} 条`,
    en: `${by} gave up a refused record, it is not sent again: ${number}no. ${seq} of this desk`,
    facts: { op: id, seq },
  });
}

/** CL-10: from now on the PC's clock counts; who said so stands in the log. */
export function adoptClock(desk: Desk): Answer<"clock.adopt"> {
  const { officer } = desk.session;
  if (!officer) return fail(deskError("session.required"));
  const movedMin = Math.round((desk.clock.wall() - desk.ports.now()) / minuteMs);
  desk.clock.adopt();
  const [way, length] = [movedMin < 0 ? "向后" : "向前", Math.abs(movedMin)];
  noteDesk(desk.db, desk.street.code, {
    kind: "desk.clock",
    zh: `${officer.name} 确认本机时钟为准，值守时间${way}移了 ${length} 分钟`,
    en: `${officer.name} took the clock of this PC as right: the time of the desk moved by ${movedMin} min`,
    facts: { movedMin },
  });
  desk.notify("link", "log", "event", "presence", "roster", "handover");
  return ok(linkStatus(desk));
}
