import type { OutputOf, ParsedOf } from "#shared/contract.ts";
import type { DutyEvent, Level } from "#shared/domain/duty-event/event.ts";
import { judgeAction } from "#shared/domain/duty-event/judge.ts";
import { calendarOf, limitsOf } from "#shared/domain/duty-event/limits.ts";
import { sawOf } from "#shared/domain/duty-event/merge.ts";
import { sealedTitle } from "#shared/domain/duty-event/sealed-name.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { cutText } from "#shared/lib/text.ts";
import { dayOf } from "#shared/lib/time.ts";
import type { BodyOf } from "#shared/op/kinds.ts";
import { type Answer, actTogether, type Desk, newId, type RecordOne } from "../desk.ts";
import { categoriesFor, categoryOf, isSecretCategory } from "../queries/categories.ts";
import { coverOf } from "../queries/cover.ts";
import { shownEvent } from "../queries/events.ts";
import { asKnown } from "../session/seal.ts";
import { readEntity } from "../store/entities.ts";
import { mergedInto } from "../store/event-bonds.ts";
import { nextNumber, readMeta } from "../store/meta.ts";
import { intoOf, sealBeforeMerge, sealMerged } from "./merge-events.ts";

/** Title of an event whose reporter gave none: the first sentence, as far as it fits a row. */
export function titleOf(text: string): string {
  const first =
    text
      .trim()
      .split(/[。\uff01\uff1f\uff1b\n.!?;]/u)[0]
      ?.trim() ?? "";
  const whole = first || text.trim();
  return whole.length <= 30 ? whole : `${cutText(whole, 29)}…`;
}

/** CL-2: the limits of an event of this category and level by the district's tables, with the calendar of the day. */
export function limitsNow({ tables }: Pick<Desk, "tables">, category: string, level: Level, at: number) {
  const { clocks, holidays, roster } = tables;
  const calendar = calendarOf(clocks, holidays.days, roster.offsetMin, dayOf(at, roster.offsetMin));
  return limitsOf(clocks.rows, category, level, calendar) ?? { limitMin: null, limits: null };
}

/** What people say on the phone: day, desk letter, running number of the day. Inside the transaction that uses it. */
export function eventNumber(desk: Pick<Desk, "db" | "tables">, at: number): string {
  const day = dayOf(at, desk.tables.roster.offsetMin).replaceAll("-", "");
  return `${day}-${readMeta(desk.db, "letter") ?? "A"}${String(nextNumber(desk.db, `number:${day}`)).padStart(3, "0")}`;
}

/** What is recorded of a first report: the category by the words where nobody said one, grid, number and limit from the desk. Errors: `input.invalid`. */
export function reportGivenOf(
  desk: Desk,
  { attachmentIds: _, ...input }: ParsedOf<"event.report">,
): Result<() => BodyOf<"event.report">["given"], DeskError> {
  const category = input.category || (categoriesFor(desk, input.text)[0]?.code ?? "");
  if (input.category && !categoryOf(desk, category)) return fail(deskError("input.invalid", undefined, "category"));
  const { point } = input.place;
  const cover = point && !input.place.grid ? coverOf(desk, point.lng, point.lat) : null;
  return ok(() => ({
    ...input,
    category,
    confidential: input.confidential || isSecretCategory(desk, category),
    title: input.title || titleOf(input.text),
    place: cover ? { ...input.place, community: cover.community, grid: cover.grid } : input.place,
    number: eventNumber(desk, desk.ports.now()),
    ...limitsNow(desk, category, input.level, desk.ports.now()),
    sample: false,
  }));
}

type Asked = ParsedOf<"event.transition">;
type ActBody = BodyOf<"event.act">;

/** What the desk adds to what was given: limits, names and reports travel in the op, so that the district needs no table to agree. */
function completed(desk: Desk, { id, action, given }: Asked): Result<Record<string, unknown>, DeskError> {
  if (action === "assess") {
    const { category, level } = given as { category?: string; level?: Level };
    // The limits follow category and level by the district's table; that of the whole unless the officer set one.
    const { limits, limitMin } =
      category && level ? limitsNow(desk, category, level, desk.ports.now()) : { limits: null, limitMin: null };
    return ok({
      ...given,
      ...(limits ? { limits, limitMin: given.limitMin ?? limitMin ?? undefined } : {}),
      // CF-4: by the category, whatever a caller of this door says.
      confidential: (category && isSecretCategory(desk, category)) || undefined,
    });
  }
  if (action === "whistle") {
    const kind = desk.tables.whistle.kinds.find(({ code }) => code === given.whistleKind);
    return ok(kind ? { ...given, whistleKindName: kind.name } : given);
  }
  if (action === "merge") {
    const into = intoOf(desk, String((given.into as { eventId?: unknown } | undefined)?.eventId ?? ""));
    return into.ok ? ok({ ...given, into: into.value }) : into;
  }
  if (action === "link") {
    const { eventId = "" } = (given.other ?? {}) as { eventId?: string };
    const other = readEntity(desk.db, "event", eventId);
    if (!other) return fail(deskError("event.unknown", undefined, "other"));
    const later = other.reportedAt > (readEntity(desk.db, "event", id)?.reportedAt ?? other.reportedAt);
    if (given.linkKind === "relapse" && later)
      return fail(deskError("event.relapse_order", { other: other.number }, "other"));
    return ok({ ...given, other: { eventId, number: other.number } });
  }
  return ok(given);
}

/** An action as it was asked for, judged by itself: it names what is missing by its field, which the reading of a body cannot. */
function refusalOf(
  desk: Desk,
  { eventId, action, given }: Pick<ActBody, "eventId" | "action"> & { given: unknown },
): DeskError | undefined {
  const { officer } = desk.session;
  if (!officer) return deskError("session.required");
  const who = { at: desk.ports.now(), by: officer.id, grade: officer.grade };
  const judged = judgeAction(readEntity(desk.db, "event", eventId), action, given, who);
  return judged.ok ? undefined : judged.error;
}

/** What an action records: what was given and what the officer saw. The transaction judges it. */
function bodyOf(desk: Desk, asked: Asked, present: DutyEvent | undefined): Result<ActBody, DeskError> {
  const { id, action } = asked;
  const whole = completed(desk, asked);
  if (!whole.ok) return whole;
  const given = whole.value;
  const others = action === "void" ? mergedInto(desk.db, id).length : 0;
  if (others > 0)
    return fail(refusalOf(desk, { eventId: id, action, given }) ?? deskError("event.leads_others", { count: others }));
  const saw = present ? { saw: sawOf(present, given) } : {};
  return ok({ eventId: id, action, given, ...saw } as ActBody);
}

/** Records an action on an event as it stands, with the new events that a split makes. */
function recordAct(
  desk: Desk,
  one: RecordOne,
  body: ActBody,
  present: DutyEvent | undefined,
): Result<{ state: DutyEvent }, DeskError> {
  const lead = body.action === "merge" ? readEntity(desk.db, "event", body.given.into?.eventId ?? "") : undefined;
  const hidden = sealBeforeMerge(one, present, lead);
  if (!hidden.ok) return hidden;
  const acted = one("event.act", withoutSecrets(desk, body, present));
  if (!acted.ok) return fail(refusalOf(desk, body) ?? acted.error);
  if (present?.confidential === false && acted.value.state.confidential) {
    const sealedToo = sealMerged(desk, one, acted.value.state);
    if (!sealedToo.ok) return sealedToo;
  }
  if (body.action !== "split") return acted;
  const split = splitOff(desk, one, acted.value.state, body.given.parts ?? []);
  return split.ok ? acted : split;
}

/** CF-1: what is split off into a confidential event is not said by the op of the one that is none. */
function withoutSecrets(desk: Desk, body: ActBody, from: DutyEvent | undefined): ActBody {
  const { parts } = body.given;
  if (body.action !== "split" || !parts || !from || from.confidential) return body;
  const said = parts.map((text) => (isSecretCategory(desk, pieceCategory(desk, from, text)) ? sealedTitle : text));
  return { ...body, given: { ...body.given, parts: said } } as ActBody;
}

const pieceCategory = (desk: Desk, from: DutyEvent, text: string): string =>
  categoriesFor(desk, text)[0]?.code ?? from.category;

/** BO-7: each piece is a new event of the same place, caller and level, reported now; tasks stay where they are. */
function splitOff(desk: Desk, one: RecordOne, from: DutyEvent, parts: readonly string[]): Result<undefined, DeskError> {
  const { source, level, confidential, callerName, callerPhone, place, sample } = from;
  for (const text of parts) {
    const category = pieceCategory(desk, from, text);
    const given = {
      number: eventNumber(desk, desk.ports.now()),
      source,
      title: titleOf(text),
      text,
      level,
      category,
      confidential: confidential || isSecretCategory(desk, category),
      callerName,
      callerPhone,
      place,
      ...limitsNow(desk, category, level, desk.ports.now()),
      sample,
      splitFrom: { eventId: from.id, number: from.number },
    };
    const done = one("event.report", { eventId: newId(desk.ports), given });
    if (!done.ok) return done;
  }
  return ok(undefined);
}

export function transitionEvent(desk: Desk, asked: Asked): Answer<"event.transition"> {
  const present = readEntity(desk.db, "event", asked.id);
  const body = bodyOf(desk, asked, present);
  if (!body.ok) return body;
  const done = actTogether(desk, (one) => recordAct(desk, one, body.value, present));
  if (!done.ok) return done;
  // CF-4: who makes it confidential has read it: it need not be opened to them.
  if (present?.confidential === false && done.value.state.confidential)
    for (const id of [asked.id, ...mergedInto(desk.db, asked.id)]) desk.session.opened.add(id);
  return ok(shownEvent(desk, done.value.state));
}

/** LS-7: one action on many events in one transaction; each is judged by itself, and what it refuses does not hold back the others. */
export function transitionAll(
  desk: Desk,
  { ids, action, given }: ParsedOf<"event.transitionAll">,
): Answer<"event.transitionAll"> {
  const went: OutputOf<"event.transitionAll">["went"] = [];
  const not: OutputOf<"event.transitionAll">["not"] = [];
  return actTogether(desk, (one) => {
    for (const id of new Set(ids)) {
      const present = readEntity(desk.db, "event", id);
      const { number = "", title = "" } = present ? asKnown(desk, present) : {};
      const body = bodyOf(desk, { id, action, given }, present);
      const done = body.ok ? recordAct(desk, one, body.value, present) : body;
      if (done.ok) went.push({ id, number });
      else if (done.error.kind === "ask") not.push({ id, number, title, error: done.error });
      else return done;
    }
    return ok({ went, not });
  });
}
