import type { CarryView } from "#shared/contract.ts";
import { sealedTitle } from "#shared/domain/duty-event/sealed-name.ts";
import { type Carry, carryActionsFor } from "#shared/domain/handover/carry-over.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { isSecret, mayKnowMatter } from "../session/seal.ts";
import { type Db, sql } from "../store/database.ts";
import { syncOfEntity } from "../store/sync-state.ts";

const read = (rows: unknown[]): Carry[] => (rows as string[]).map((state) => JSON.parse(state) as Carry);

/** Items that nobody has finished, the oldest first. */
export const openCarries = (db: Db): Carry[] =>
  read(
    sql(
      db,
      `SELECT state FROM entity INDEXED BY carry_open WHERE kind = 'carry' AND json_extract(state, '$.state') <> 'finished'
       ORDER BY json_extract(state, '$.givenAt'), id`,
    )
      .pluck()
      .all(),
  );

export function carryView(desk: Desk, item: Carry): CarryView {
  const officer = desk.session.officer;
  const confidential = isSecret(desk, item);
  const isKnown = !confidential || mayKnowMatter(desk, item.eventId);
  return {
    ...item,
    confidential,
    text: isKnown ? item.text : sealedTitle,
    actions: officer ? carryActionsFor(item, officer.id, officer.grade) : [],
    sync: syncOfEntity(desk.db, enrolled(desk), "carry", item.id),
  };
}

export function listCarries(desk: Desk): Answer<"carry.list"> {
  const mine = desk.session.officer?.id;
  const items = openCarries(desk.db).map((item) => carryView(desk, item));
  const own = (item: CarryView) => (item.officerId === mine ? 0 : 1);
  return ok({ items: items.sort((a, b) => own(a) - own(b)) });
}
