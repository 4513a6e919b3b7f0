import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayOf } from "#shared/lib/time.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { changeChainKey, noteDesk, shortCode } from "../store/chain.ts";
import { checkChain } from "../store/chain-check.ts";
import { exportChain } from "../store/chain-export.ts";
import { sql } from "../store/database.ts";
import { turn } from "../turn.ts";

/** LG-5, LG-6: what the desk itself finds when it reads its whole log again. */
export async function checkLog(desk: Desk): Promise<Answer<"log.check">> {
  const verdict = await checkChain(desk.db, turn);
  return ok({ ...verdict, shortCode: shortCode(verdict.head), checkedAt: desk.ports.now() });
}

/** Who takes the log out of the desk is a line of the log, and part of what is taken. */
export function exportLog(desk: Desk): Answer<"log.export"> {
  const { officer } = desk.session;
  if (!officer || officer.grade === "operator") return fail(deskError("session.not_allowed"));
  noteDesk(desk.db, desk.street.code, {
    kind: "desk.export",
    zh: `${officer.name} 导出值班日志供核验`,
    en: `${officer.name} exported the duty log for verification`,
    facts: { officer: officer.id },
  });
  desk.notify("log");
  const at = desk.ports.now();
  const bytes = Buffer.from([...exportChain(desk.db, at)].join(""));
  const day = dayOf(at, desk.tables.roster.offsetMin);
  return ok({ fileName: `值班日志-${desk.street.name}-${day}.jsonl`, base64: bytes.toString("base64") });
}

/** LG-4: the words of a written entry are erased for good; which entry, by whom and why stays. */
export function eraseEntry(desk: Desk, { id, reason }: ParsedOf<"log.erase">): Answer<"log.erase"> {
  const entity = sql(
    desk.db,
    `SELECT coalesce((SELECT entity_id FROM op WHERE id = l.id AND kind = 'log.write'),
       (SELECT id FROM entity WHERE kind = 'log' AND no = l.no)) FROM duty_log l WHERE l.id = ? AND l.erased_at IS NULL`,
  )
    .pluck()
    .get(id) as string | null | undefined;
  if (!entity) return fail(deskError("log.not_erasable"));
  const done = act(desk, "log.erase", { id: entity, lineId: id, reason });
  return done.ok ? ok({}) : done;
}

/** LG-3: for a desk whose PC was in other hands. */
export function changeKey(desk: Desk): Answer<"log.changeKey"> {
  if (desk.session.officer?.grade !== "admin") return fail(deskError("session.not_allowed"));
  changeChainKey(desk.db, desk.street.code);
  desk.notify("log");
  return ok({});
}
