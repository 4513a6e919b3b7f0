import type { Asked } from "#shared/domain/presence/ladder.ts";
import { ladderAt, ladderFor } from "#shared/domain/presence/ladder.ts";
import { drawCheck, type PresenceRules, quietSpan } from "#shared/domain/presence/rules.ts";
import { dayMs, minuteMs } from "#shared/lib/time.ts";
import { act, type Desk, newId } from "../desk.ts";
import { dutyChecksBetween } from "../queries/presence.ts";
import { peopleOfRung, presenceRules, recentWatches, watchIdAt } from "../queries/watch.ts";
import { readyChain } from "../store/chain.ts";
import { readMeta, writeMeta } from "../store/meta.ts";
import { climbLate } from "./climb.ts";
import { lockDesk } from "./lock.ts";
import { tellAlarms } from "./tell-alarms.ts";

/** How far back the district's questions are looked for that this desk has not shown yet. */
const dutyBackMs = 3 * dayMs;

/** The next moment of a check, drawn once and kept: a restart draws no new one. */
interface Plan {
  /** What it was drawn for: quiet hours, rules and the last check. Other ones draw anew. */
  readonly of: string;
  readonly dueAt: number | null;
}

/**
 * What the desk does by itself at each beat, whoever is signed in: locks an idle screen, shows the district's questions,
 * climbs the ladder of open ones, asks in quiet hours and tells the pages what sounds. Everything it knows is in the database: a beat after a restart
 * goes on where the last one stopped.
 */
export function beat(desk: Desk): void {
  lookAtClock(desk);
  const at = desk.ports.now();
  const rules = presenceRules(desk);
  lockWhenIdle(desk, rules);
  showDutyChecks(desk, rules, at);
  climb(desk, at);
  climbLate(desk, at);
  askInQuietHours(desk, rules, at);
  tellAlarms(desk, at);
}

/** CL-8, LG-3: a jump of the PC's clock is in the log and on screen at once, not with the next line that is written. */
function lookAtClock(desk: Desk): void {
  const { clockOffsetMs } = desk.sync.info();
  const moved = clockOffsetMs !== null && desk.clock.learn(clockOffsetMs);
  if (!desk.clock.look() && !moved) return;
  desk.db.transaction(() => readyChain(desk.db, desk.street.code))();
  desk.notify("link", "log", "event", "presence");
}

function lockWhenIdle(desk: Desk, rules: PresenceRules): void {
  const { officer, lockedAt, active } = desk.session;
  if (!officer || lockedAt !== null) return;
  // The longer of the two clocks: one stands still while the PC sleeps, the other can be set.
  const idleMs = Math.max(desk.ports.now() - active.at, desk.ports.monotonic() - active.mono);
  if (idleMs >= rules.lock.idleMinutes * minuteMs) lockDesk(desk);
}

const ladderNow = (desk: Desk, rules: PresenceRules, of: "vigilance" | "dutyCheck", at: number) =>
  ladderFor(rules[of].ladder, (to) => peopleOfRung(desk, rules, to, at).map(({ name }) => name));

/** PS-9 */
function showDutyChecks(desk: Desk, rules: PresenceRules, at: number): void {
  const unseen = dutyChecksBetween(desk.db, at - dutyBackMs, at + dayMs).filter(({ reached }) => reached === null);
  for (const { id: checkId } of unseen) {
    const ladder = ladderNow(desk, rules, "dutyCheck", at);
    act(desk, "duty_check.reach", { checkId, watchId: watchIdAt(desk, at), ladder }, "desk");
  }
}

/** PS-7 */
function climb(desk: Desk, at: number): void {
  for (const watch of recentWatches(desk, at)) {
    for (const asked of watch.checks) {
      const step = ladderAt(asked, at);
      const body = { watchId: watch.id, checkId: asked.id };
      if (step.do === "raise") act(desk, "watch.raise", { ...body, rung: step.rung }, "desk");
      if (step.do === "miss") act(desk, "watch.miss", body, "desk");
    }
  }
  for (const { id: checkId, reached } of dutyChecksBetween(desk.db, at - dutyBackMs, at + dayMs)) {
    const step = reached ? ladderAt(reached.asked, at) : { do: "nothing" as const };
    if (step.do === "raise") act(desk, "duty_check.raise", { checkId, rung: step.rung }, "desk");
    if (step.do === "miss") act(desk, "duty_check.miss", { checkId }, "desk");
  }
}

/** PS-6: one question at a time; the next moment is drawn when the last one was answered. */
function askInQuietHours(desk: Desk, rules: PresenceRules, at: number): void {
  const span = quietSpan(rules, at, desk.tables.roster.offsetMin);
  if (!span) return;
  const checks: Asked[] = recentWatches(desk, at).flatMap((watch) => watch.checks);
  if (checks.some(({ answer }) => answer === null)) return;
  const of = JSON.stringify([span.fromAt, rules.vigilance, checks.at(-1)?.id ?? null]);
  const plan = readPlan(desk);
  const isStale = plan?.of !== of || (plan.dueAt ?? at) > at + rules.vigilance.latestMinutes * minuteMs;
  if (!plan || isStale) {
    const draw = Buffer.from(desk.ports.randomBytes(4)).readUInt32BE() / 2 ** 32;
    const next: Plan = { of, dueAt: drawCheck(rules, span, at, draw) ?? null };
    writeMeta(desk.db, "vigilancePlan", JSON.stringify(next));
    return;
  }
  if (plan.dueAt === null || at < plan.dueAt) return;
  const ladder = ladderNow(desk, rules, "vigilance", at);
  act(desk, "watch.ask", { watchId: watchIdAt(desk, at), checkId: newId(desk.ports), ladder }, "desk");
}

function readPlan(desk: Desk): Plan | undefined {
  const text = readMeta(desk.db, "vigilancePlan");
  return text === null ? undefined : (JSON.parse(text) as Plan);
}
