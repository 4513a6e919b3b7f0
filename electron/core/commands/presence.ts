import type { ParsedOf } from "#shared/contract.ts";
import { isHandedOver } from "#shared/domain/handover/handover.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { alarmNames } from "#shared/domain/presence/alarm.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { type Answer, act, actTogether, type Desk } from "../desk.ts";
import { alarmsAt } from "../queries/alarms.ts";
import { handoverId } from "../queries/handover.ts";
import { shiftsAround } from "../queries/people.ts";
import { openChecks, presenceRules, recentWatches, watchIdAt } from "../queries/watch.ts";
import { readEntity } from "../store/entities.ts";

interface Person {
  readonly officerId?: string | undefined;
  readonly pin?: string | undefined;
}

/** Who acts: whoever gives a PIN, else the officer who is signed in and has not locked the screen. */
async function whoIs(desk: Desk, { officerId, pin }: Person): Promise<Result<Officer, DeskError>> {
  const here = desk.session.officer;
  if (pin === undefined) {
    if (!here || (officerId !== undefined && officerId !== here.id)) return fail(deskError("session.required"));
    return desk.session.lockedAt === null ? ok(here) : fail(deskError("session.locked"));
  }
  const officer = readEntity(desk.db, "officer", officerId ?? here?.id ?? "");
  if (!officer?.active) return fail(deskError("session.unknown_officer", undefined, "officerId"));
  const opened = await desk.door.open(officer.id, pin);
  return opened.ok ? ok(officer) : opened;
}

/** The watch an officer comes to: their own coming shift once it is open, else the present one. */
function watchFor(desk: Desk, officer: Officer): Result<{ watchId: string; role: string | null }, DeskError> {
  const at = desk.ports.now();
  const { current, next } = shiftsAround(desk.db, desk.tables.roster, at);
  const standsIn = (shift: typeof current) =>
    shift?.people.find(({ officerId }) => officerId === officer.id)?.role ?? null;
  const opensAt = (next?.startAt ?? at) - presenceRules(desk).arrival.openMinutes * minuteMs;
  const [now, then] = [standsIn(current), standsIn(next)];
  const watchId = watchIdAt(desk, at);
  const isHere = (readEntity(desk.db, "watch", watchId)?.arrivals ?? []).some(
    (one) => one.officerId === officer.id && one.leftAt === null,
  );
  if (then && next && at >= opensAt && (now === null || isHere)) return ok({ watchId: handoverId(next), role: then });
  if (then && now === null && next) return fail(deskError("presence.too_early", { at: opensAt }));
  return ok({ watchId, role: now });
}

/** PS-1 */
export async function arrive(desk: Desk, input: ParsedOf<"presence.arrive">): Promise<Answer<"presence.arrive">> {
  const who = await whoIs(desk, input);
  if (!who.ok) return who;
  const to = watchFor(desk, who.value);
  return to.ok ? come(desk, who.value, to.value) : to;
}

function come(
  desk: Desk,
  { id: officerId, name }: Officer,
  { watchId, role }: { watchId: string; role: string | null },
): Answer<"presence.arrive"> {
  const there = readEntity(desk.db, "watch", watchId)?.arrivals ?? [];
  if (there.some((one) => one.officerId === officerId && one.leftAt === null)) return ok({ watchId });
  const done = act(desk, "watch.arrive", { watchId, officerId, name, role: role as never }, officerId);
  return done.ok ? ok({ watchId }) : done;
}

/** PS-1: who signs in at the desk, or signs the handover, and stands in the roster has come; nobody else is written down for it. */
export function comeByPin(desk: Desk, officer: Officer): void {
  const to = watchFor(desk, officer);
  if (to.ok && to.value.role !== null) come(desk, officer, to.value);
}

/** PS-2 */
export async function leave(desk: Desk, input: ParsedOf<"presence.leave">): Promise<Answer<"presence.leave">> {
  const who = await whoIs(desk, input);
  if (!who.ok) return who;
  const { id: officerId, name } = who.value;
  const watch = recentWatches(desk, desk.ports.now()).findLast(({ arrivals }) =>
    arrivals.some((one) => one.officerId === officerId && one.leftAt === null),
  );
  if (!watch) return fail(deskError("presence.not_here"));
  const relieved = isHandedOver(readEntity(desk.db, "handover", watch.id)?.phase);
  const body = { watchId: watch.id, officerId, name, relieved, why: input.why };
  const done = act(desk, "watch.leave", body, officerId);
  return done.ok ? ok({ watchId: watch.id }) : done;
}

/** PS-8: one answer to the district answers everything it has asked so far. */
export async function answerCheck(desk: Desk, input: ParsedOf<"presence.answer">): Promise<Answer<"presence.answer">> {
  const isLocked = input.pin === undefined && desk.session.lockedAt !== null && desk.session.officer !== null;
  const who =
    isLocked && input.kind === "vigilance" && desk.session.officer
      ? ok(desk.session.officer)
      : await whoIs(desk, input);
  if (!who.ok) return who;
  const { id: by, name } = who.value;
  const open = openChecks(desk, desk.ports.now()).filter(({ kind }) => kind === input.kind);
  const check = open.find(({ checkId }) => checkId === input.checkId);
  if (!check) return fail(answeredBy(desk, input) ?? deskError("presence.unknown_check"));
  const { watchId, checkId, reachedAt } = check;
  const done =
    input.kind === "vigilance"
      ? act(desk, "watch.answer", { watchId, checkId, name, locked: isLocked }, by)
      : actTogether(
          desk,
          (one) => {
            for (const { checkId } of open) {
              const each = one("duty_check.answer", { checkId, name, remarks: input.remarks });
              if (!each.ok) return each;
            }
            return ok(undefined);
          },
          by,
        );
  return done.ok ? ok({ name, afterMs: Math.max(0, desk.ports.now() - reachedAt) }) : done;
}

/** Somebody was quicker, here or at the other desk. */
function answeredBy(desk: Desk, { kind, checkId }: ParsedOf<"presence.answer">): DeskError | undefined {
  const asked =
    kind === "duty_check"
      ? readEntity(desk.db, "duty_check", checkId)?.reached?.asked
      : recentWatches(desk, desk.ports.now())
          .flatMap(({ checks }) => checks)
          .find(({ id }) => id === checkId);
  return asked?.answer ? deskError("presence.answered", { name: asked.answer.name }) : undefined;
}

/** PS-11 */
export function acknowledge(desk: Desk, { keys }: ParsedOf<"alarm.acknowledge">): Answer<"alarm.acknowledge"> {
  const { officer } = desk.session;
  if (!officer) return fail(deskError("session.required"));
  const at = desk.ports.now();
  const standing = alarmsAt(desk, at).filter(
    (alarm) => alarm.stops === "acknowledge" && alarm.keys.some((key) => keys.includes(key)),
  );
  if (standing.length === 0) return fail(deskError("presence.nothing_open"));
  const seen = standing.flatMap((alarm) => alarm.keys).filter((key) => keys.includes(key));
  const words = standing
    .map(({ kind, keys: all, names }) =>
      [alarmNames[kind].zh, all.length > 1 ? ` ${all.length} 项` : "", names[0] ? `（${names.join("、")}）` : ""].join(
        "",
      ),
    )
    .join("；")
    .slice(0, 200);
  const body = { watchId: watchIdAt(desk, at), name: officer.name, keys: seen.slice(0, 200), words };
  const done = act(desk, "watch.acknowledge", body);
  return done.ok ? ok({ count: seen.length }) : done;
}
