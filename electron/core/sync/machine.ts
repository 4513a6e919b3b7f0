import type { LinkState } from "#shared/contract.ts";
import { backoffMs } from "./backoff.ts";
import type { LinkFailure } from "./link.ts";
import type { Asked, Effect, Input, Machine, Moment, Step, TimerName } from "./machine-state.ts";

/** How long the district may keep a waiting pull: with the grace of the request, a dead link is seen within 15 s. */
export const longPollMs = 8_000;
/** How often a desk looks again whether what answered as a stranger is the district after all. */
const foreignRetryMs = 30_000;
const refusedRetryMs = 600_000;
/** A waiting pull that comes back at once and empty is asked again no faster than this. */
const emptyPullMs = 1_000;
const leastLaterMs = 500;
/** Requests of one kind that may be on their way at once, each on a connection of its own. */
export const mostPushes = 4;
export const mostPulls = 4;
/** Lost requests in a row after which the link counts as gone; and the longest silence in which one may be tried again. */
const mostMisses = 3;
const longestSilenceMs = 10_000;
/** A backlog of more than this is shown as "item n of m". */
export const backlogOps = 100;
/** Requests that a desk may make in an hour beyond those that carry something; then it looks for the link less often. */
const hourlyBudget = 1_800;
const hourMs = 3_600_000;
/** An outage is over once the link has held for this long; one that drops sooner goes on waiting as before. */
const steadyMs = 10_000;

/** The life of the link, whole and pure: nothing else decides what is asked, when, and what the desk says of it. */
export function step(before: Machine, input: Input, moment: Moment): Step {
  if (before.mode === "closed") return { state: before, effects: [] };
  if ("gen" in input && input.gen !== before.gen) return { state: before, effects: [] };
  return ended(show(take(before, input, moment)));
}

function take(state: Machine, input: Input, moment: Moment): Step {
  switch (input.is) {
    case "started":
      if (!input.enrolled) return keep({ ...state, waiting: input.waiting });
      return began(begin({ ...state, mode: "linked", waiting: input.waiting }, moment));
    case "wanted":
      return state.mode === "idle" ? begin({ ...state, mode: "enrolling" }, moment) : keep(state);
    case "enrolled":
      return begin({ ...state, mode: "linked", waiting: input.waiting }, moment);
    case "recorded":
      return recorded({ ...state, waiting: input.waiting }, moment);
    case "sent":
      return sent(state, input);
    case "pushed":
      return pushed(heard(state, moment), input);
    case "arrived":
      return {
        state: heard(state, moment),
        effects: state.up ? [{ do: "pull", gen: state.gen, waitMs: 0 }] : [],
      };
    case "pulled":
      return pulled(heard(state, moment), input, moment);
    case "failed":
      return missed(state, input, moment);
    case "timer":
      return fired(state, input.name, moment);
    case "wake":
      return state.mode === "idle" ? keep({ ...state, trying: true }) : probe({ ...state, trying: true }, moment);
    case "network":
      return state.up || state.mode === "idle" || moment.mono < state.notBeforeMono
        ? keep(state)
        : probe(state, moment);
    case "stop": {
      const effects: Effect[] = [{ do: "abandon" }];
      if (state.trying) effects.push({ do: "tried" });
      if (state.up) effects.push({ do: "span", up: false, reasonId: "" });
      return { state: { ...state, mode: "closed", gen: state.gen + 1, up: false, trying: false }, effects };
    }
  }
}

/** The history says "not up" from the start of the desk on, however it ended the last time. */
const began = ({ state, effects }: Step): Step => ({
  state,
  effects: [{ do: "span", up: false, reasonId: "" }, ...effects],
});

const keep = (state: Machine): Step => ({ state, effects: [] });

const heard = (state: Machine, { mono }: Moment): Machine => ({ ...state, misses: 0, heardMono: mono });

/** Nothing is on its way any more. */
const quiet = {
  pulling: 0,
  pushing: 0,
  ahead: false,
  underWay: 0,
  held: false,
  resting: false,
  caughtUp: false,
} as const;

/** A new beginning: nothing is known of the link. */
function begin(state: Machine, moment: Moment): Step {
  const effects: Effect[] = state.up ? [{ do: "span", up: false, reasonId: "" }] : [];
  const fresh: Machine = {
    ...state,
    link: { state: "connecting", sinceAt: moment.at },
    up: false,
    later: null,
    downSinceMono: null,
    attempt: 0,
    notBeforeMono: 0,
  };
  const next = probe(fresh, moment);
  return { state: next.state, effects: [...effects, ...next.effects] };
}

/** Asks the district anything at all; what the screens show stays until there is an answer. */
function probe(state: Machine, { mono }: Moment): Step {
  const gen = state.gen + 1;
  const asking: Effect = state.mode === "enrolling" ? { do: "enrol", gen } : { do: "pull", gen, waitMs: 0 };
  const looking: Machine = { ...state, ...quiet, gen, pulling: 1, probedMono: mono };
  const pushes = state.up ? keep(looking) : together(aheadNext(looking), pushNext);
  return { state: pushes.state, effects: [{ do: "abandon" }, asking, ...pushes.effects] };
}

function recorded(state: Machine, moment: Moment): Step {
  if (state.up) return together(aheadNext(state), pushNext);
  // Work waits now: no need to sit out a long pause, unless the district itself asked for it.
  const { link } = state;
  const idle = link.state === "offline" && state.pulling === 0 && moment.mono >= state.notBeforeMono;
  if (!idle || link.retryAt - moment.at <= 5_000) return keep(state);
  const delayMs = Math.round(moment.random * 1_000);
  return {
    state: { ...state, link: { ...link, retryAt: moment.at + delayMs } },
    effects: [{ do: "timer", gen: state.gen, name: "retry", delayMs }],
  };
}

/** One after the other, with the effects of both. */
function together(first: Step, then: (state: Machine) => Step): Step {
  const next = then(first.state);
  return { state: next.state, effects: [...first.effects, ...next.effects] };
}

/** Where much waits, the first pieces go with the question whether anybody is there: the way would stand idle until its answer. */
const mayPush = ({ up, mode, pulling, waiting }: Machine): boolean =>
  up || (mode === "linked" && pulling > 0 && waiting > backlogOps);

function pushNext(state: Machine): Step {
  const enough = state.pushing >= mostPushes || state.waiting <= state.underWay;
  if (!mayPush(state) || state.held || state.resting || enough) return keep(state);
  return { state: { ...state, pushing: state.pushing + 1 }, effects: [{ do: "push", gen: state.gen, ahead: false }] };
}

/** PR-16: looks whether something urgent stands behind what is on its way. */
function aheadNext(state: Machine): Step {
  if (!mayPush(state) || state.ahead || state.waiting < 2) return keep(state);
  return { state: { ...state, ahead: true }, effects: [{ do: "push", gen: state.gen, ahead: true }] };
}

function sent(state: Machine, input: Input & { is: "sent" }): Step {
  if (input.ahead) return keep(input.ops === 0 ? { ...state, ahead: false } : state);
  if (input.ops === 0) return keep({ ...state, pushing: state.pushing - 1 });
  const next = { ...state, underWay: state.underWay + input.ops };
  return input.more ? pushNext(next) : keep(next);
}

function pushed(before: Machine, input: Input & { is: "pushed" }): Step {
  const { waiting, settled, laterMs } = input;
  const state = eased({ ...before, waiting, done: before.done + settled }, input.ahead ? "ahead" : "push");
  if (input.ahead) return aheadNext({ ...state, ahead: false });
  const next = { ...state, pushing: state.pushing - 1, underWay: state.underWay - input.ops };
  if (settled > 0 || laterMs === null) return together(input.freed ? aheadNext(next) : keep(next), pushNext);
  const delayMs = Math.max(leastLaterMs, laterMs);
  return { state: { ...next, held: true }, effects: [{ do: "timer", gen: state.gen, name: "push", delayMs }] };
}

function pulled(before: Machine, input: Input & { is: "pulled" }, moment: Moment): Step {
  const cameUp = !before.up;
  const effects: Effect[] = [];
  const pulling = before.pulling - (input.replaced && before.up ? 0 : 1);
  let state = eased({ ...before, pulling, waiting: input.waiting, done: before.done + input.moved }, "pull");
  if (cameUp) {
    const total = input.waiting + input.moved + input.left;
    state = { ...state, ...cameUpAt(moment), done: input.moved, total };
    effects.push({ do: "span", up: true, reasonId: "" });
  } else if ((input.more || input.open > 0) && state.link.state === "online") {
    state = { ...state, done: input.moved, total: input.waiting + input.moved + input.left };
  }
  const caughtUp = !input.more && input.open === 0 && state.pulling === 0;
  const pushes = together(cameUp ? aheadNext({ ...state, caughtUp }) : keep({ ...state, caughtUp }), pushNext);
  effects.push(...pushes.effects);
  const { gen } = state;
  if (input.hasty) {
    effects.push({ do: "timer", gen, name: "pull", delayMs: emptyPullMs });
    return { state: spend(pushes.state, moment), effects };
  }
  const pulls = pullNext(pushes.state, input.open, input.more);
  return { state: pulls.state, effects: [...effects, ...pulls.effects] };
}

const cameUpAt = ({ at, mono }: Moment) => ({ up: true, upSinceAt: at, upSinceMono: mono, notBeforeMono: 0 }) as const;

/** Asks for open stretches side by side; for what follows them, or for news, once nothing else is on its way. */
function pullNext(state: Machine, open: number, more: boolean): Step {
  if (state.resting) return keep(state);
  const { gen } = state;
  const count = Math.min(open, mostPulls - state.pulling);
  const effects: Effect[] = Array.from({ length: count }, () => ({ do: "pull", gen, waitMs: 0 }));
  if (count === 0 && state.pulling === 0) effects.push({ do: "pull", gen, waitMs: more ? 0 : longPollMs });
  return { state: { ...state, pulling: state.pulling + effects.length }, effects };
}

function spend(state: Machine, { mono }: Moment): Machine {
  const fresh = mono - state.spentSinceMono >= hourMs;
  return { ...state, spent: fresh ? 1 : state.spent + 1, spentSinceMono: fresh ? mono : state.spentSinceMono };
}

/** PR-32: the district is there and asks to wait. The link is up, and what was put off goes again after that time. */
function putOff(before: Machine, input: Input & { is: "failed" }, moment: Moment): Step {
  const { of, failure, ops } = input;
  const { at, mono } = moment;
  const effects: Effect[] = [];
  let state = spend(before, moment);
  if (of === "push") state = { ...state, pushing: state.pushing - 1, underWay: state.underWay - ops };
  if (of === "pull") state = { ...state, pulling: state.pulling - 1 };
  if (!before.up) {
    state = { ...state, ...cameUpAt(moment), total: state.waiting, done: 0 };
    effects.push({ do: "span", up: true, reasonId: "" });
  }
  const known = before.later ?? { of, sinceAt: at, sinceMono: mono, tries: 0, retryAt: at, retryMono: mono };
  const pause = {
    attempt: known.tries,
    downMs: mono - known.sinceMono,
    opsWait: state.waiting > 0,
    sparing: isSparing(before, moment),
    retryAfterMs: failure.retryAfterMs,
  };
  const delayMs = backoffMs(pause, moment.random);
  const [retryAt, retryMono] = [at + delayMs, mono + delayMs];
  const next = { ...known, tries: known.tries + 1, retryAt, retryMono };
  if (of === "ahead") {
    effects.push({ do: "timer", gen: state.gen, name: "ahead", delayMs });
    return { state: { ...state, later: before.later ? { ...before.later, tries: next.tries } : next }, effects };
  }
  // Several that were on their way together are put off together.
  if (!before.resting || retryMono > known.retryMono) {
    effects.push({ do: "timer", gen: state.gen, name: "later", delayMs });
    state = { ...state, resting: true, later: before.resting ? { ...next, tries: known.tries } : next };
  }
  const urgent = before.up ? keep(state) : aheadNext(state);
  return { state: urgent.state, effects: [...effects, ...urgent.effects] };
}

/** The district takes again what it had put off, or nothing of it waits any more. */
function eased(state: Machine, of: Asked): Machine {
  const { later } = state;
  if (!later || state.resting) return state;
  const taken = of === later.of || (of === "push" && later.of === "ahead");
  const gone = later.of !== "pull" && state.waiting === 0;
  return taken || gone ? { ...state, later: null } : state;
}

/** The hour's budget of requests that carry nothing is used up. */
const isSparing = ({ spent, spentSinceMono }: Machine, { mono }: Moment): boolean =>
  spent >= hourlyBudget && mono - spentSinceMono < hourMs;

/** One lost request is asked again at once, on another connection; only several, or a long silence, end the link. */
function missed(before: Machine, input: Input & { is: "failed" }, moment: Moment): Step {
  if (input.failure.how === "later") return putOff(heard(before, moment), input, moment);
  const misses = before.misses + 1;
  // The question whether anybody is there may be lost while what went with it was answered.
  const isThere = before.up || before.heardMono > before.probedMono;
  const passing =
    input.failure.how === "cut" && isThere && misses < mostMisses && moment.mono - before.heardMono <= longestSilenceMs;
  if (!passing) return failed(before, input.failure, moment);
  const state = { ...before, misses };
  switch (input.of) {
    case "ahead":
      return aheadNext({ ...state, ahead: false });
    case "push":
      return pushNext({ ...state, pushing: state.pushing - 1, underWay: state.underWay - input.ops });
    default:
      return pullNext({ ...state, pulling: state.pulling - 1 }, input.open, true);
  }
}

function failed(before: Machine, failure: LinkFailure, moment: Moment): Step {
  const steady = before.up && moment.mono - before.upSinceMono >= steadyMs;
  const downSinceMono = (steady ? null : before.downSinceMono) ?? moment.mono;
  const attempt = steady ? 0 : before.attempt;
  const effects: Effect[] = [{ do: "abandon" }];
  const gen = before.gen + 1;
  const outage = {
    attempt,
    downMs: moment.mono - downSinceMono,
    opsWait: before.waiting > 0,
    sparing: isSparing(before, moment),
    retryAfterMs: failure.retryAfterMs,
  };
  const slowly = Math.round(foreignRetryMs * (0.5 + moment.random / 2));
  const gone = failure.how === "away" || failure.how === "cut";
  // A look that waited in vain has waited already: the next one counts from its beginning.
  const lookedMs = before.up ? 0 : moment.mono - before.probedMono;
  // A refusal may have been an answer from before; one that is repeated is looked at rarely until a person acts.
  const again = failure.how === "refused" && before.link.state === "stopped" ? refusedRetryMs : slowly;
  const delayMs = gone ? backoffMs(outage, moment.random, lookedMs) : again;
  effects.push({ do: "timer", gen, name: "retry", delayMs });
  const reasonId = failure.reasonId;
  if (before.up || reasonId !== reasonOf(before.link)) effects.push({ do: "span", up: false, reasonId });
  const sinceAt = "retryAt" in before.link || before.link.state === "stopped" ? before.link.sinceAt : moment.at;
  const link: LinkState = gone
    ? { state: "offline", sinceAt, reasonId, retryAt: moment.at + delayMs }
    : { state: "stopped", sinceAt, reasonId };
  return {
    state: {
      ...spend(before, moment),
      ...quiet,
      link,
      gen,
      up: false,
      later: null,
      misses: 0,
      downSinceMono,
      attempt: attempt + 1,
      notBeforeMono: moment.mono + failure.retryAfterMs,
    },
    effects,
  };
}

const reasonOf = (link: LinkState): string | null => ("reasonId" in link ? link.reasonId : null);

function fired(state: Machine, name: TimerName, moment: Moment): Step {
  if (name === "retry") return probe(state, moment);
  if (name === "push") return pushNext({ ...state, held: false });
  if (name === "ahead") return aheadNext({ ...state, ahead: false });
  if (name === "later") {
    const pushes = together(aheadNext({ ...state, resting: false }), pushNext);
    return pushes.state.pulling > 0 ? pushes : together(pushes, (next) => pullNext(next, 0, true));
  }
  return state.pulling > 0 ? keep(state) : pullNext(state, 0, false);
}

/** While the link is up, what is shown follows from what is on its way. */
function show(next: Step): Step {
  const { state } = next;
  if (!state.up) return next;
  const sinceAt = state.upSinceAt;
  const later = state.later && { later: { sinceAt: state.later.sinceAt, retryAt: state.later.retryAt } };
  const isPutOff = state.resting && state.link.state !== "catching_up";
  const rest = isPutOff || (state.caughtUp && (state.waiting === 0 || state.held));
  const backlog = state.link.state !== "online" || state.waiting > backlogOps || !state.caughtUp;
  if (rest || !backlog || (state.total === 0 && state.waiting === 0)) {
    return {
      ...next,
      state: { ...state, link: { state: "online", sinceAt, ...later }, done: 0, total: state.waiting },
    };
  }
  const total = Math.max(state.total, state.done + state.waiting);
  const done = Math.min(state.done, total);
  return { ...next, state: { ...state, total, link: { state: "catching_up", sinceAt, done, total, ...later } } };
}

/** Tells those who wait for a try once it has come to an end. */
function ended(next: Step): Step {
  const { state } = next;
  if (!state.trying) return next;
  const idle = state.mode === "idle";
  const down = !state.up && state.pulling === 0;
  const done = state.up && state.caughtUp && state.pushing === 0 && (state.waiting === 0 || state.held);
  if (!idle && !down && !done && !state.resting) return next;
  return { state: { ...state, trying: false }, effects: [...next.effects, { do: "tried" }] };
}
