import { describe, expect, test } from "vitest";
import { away, cut, foreign, type LinkFailure, later, refusedDevice } from "#core/sync/link.ts";
import { longPollMs, mostPulls, mostPushes, step } from "#core/sync/machine.ts";
import { type Effect, type Input, type Machine, newMachine } from "#core/sync/machine-state.ts";
import { drawer, seed } from "../../../seed.ts";

const pieceOps = 100;

/** Drives the machine through virtual time: timers fire when their time has come, requests wait for the test. */
function world(random = () => 0.5) {
  let state: Machine = newMachine;
  let now = 0;
  let timers: { name: string; gen: number; at: number }[] = [];
  const requests: Extract<Effect, { do: "push" | "pull" | "enrol" }>[] = [];
  const spans: string[] = [];
  /** Ops in the pushes on their way. */
  let chosen: number[] = [];
  let tried = 0;

  function give(input: Input): void {
    const next = step(state, input, { at: 1_000_000 + now, mono: now, random: random() });
    state = next.state;
    for (const effect of next.effects) {
      if (effect.do === "abandon") {
        timers = [];
        requests.length = 0;
        chosen = [];
      } else if (effect.do === "timer") {
        timers = [...timers.filter((timer) => timer.name !== effect.name), { ...effect, at: now + effect.delayMs }];
      } else if (effect.do === "span") spans.push(effect.up ? "up" : `down ${effect.reasonId}`.trim());
      else if (effect.do === "tried") tried++;
      else if (effect.do !== "push") requests.push(effect);
      else if (effect.ahead) give({ is: "sent", gen: effect.gen, ahead: true, ops: 0, more: false });
      else {
        // As the engine does: what waits and is not on its way, a hundred at a time.
        const ops = Math.min(pieceOps, state.waiting - state.underWay);
        if (ops > 0) {
          requests.push(effect);
          chosen.push(ops);
        }
        give({ is: "sent", gen: effect.gen, ahead: false, ops, more: true });
      }
    }
  }

  /** Answers the request of a kind that is on its way. */
  function take<K extends "push" | "pull" | "enrol">(kind: K) {
    const index = requests.findIndex((request) => request.do === kind);
    if (index < 0) throw new Error(`no ${kind} is on its way`);
    return requests.splice(index, 1)[0] as Extract<Effect, { do: K }>;
  }

  return {
    give,
    take,
    requests,
    spans,
    state: () => state,
    link: () => state.link,
    tried: () => tried,
    timers: () => timers.map(({ name, at }) => ({ name, inMs: at - now })),
    pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        now = Math.max(now, due.at);
        timers = timers.filter((timer) => timer !== due);
        give({ is: "timer", gen: due.gen, name: due.name as "retry" });
      }
      now = until;
    },
    pulled: (over: Partial<Extract<Input, { is: "pulled" }>> = {}) =>
      give({
        is: "pulled",
        gen: take("pull").gen,
        moved: 0,
        left: 0,
        more: false,
        open: 0,
        replaced: false,
        hasty: false,
        waiting: 0,
        ...over,
      }),
    /** The answer to the oldest push in the order; it carried what was chosen for it. */
    pushed: (settled: number, waiting: number, laterMs: number | null = null) => {
      const { gen } = take("push");
      give({ is: "pushed", gen, ahead: false, ops: chosen.shift() ?? 0, settled, laterMs, waiting, freed: false });
    },
    /** The answer to an urgent push, which nothing here chooses. */
    aheadFailed: (failure: LinkFailure) =>
      give({ is: "failed", gen: state.gen, failure, of: "ahead", ops: 0, open: 0 }),
    fail: (kind: "push" | "pull" | "enrol", failure = away(), open = 0) => {
      const { gen } = take(kind);
      const ops = kind === "push" ? (chosen.shift() ?? 0) : 0;
      give({ is: "failed", gen, failure, of: kind, ops, open });
    },
  };
}

function online(waiting = 0, random?: () => number) {
  const w = world(random);
  w.give({ is: "started", enrolled: true, waiting });
  w.pulled({ waiting });
  return w;
}

describe("the life of the link", () => {
  test("unenrolled until it is enrolled; then it connects and is online", () => {
    const w = world();
    w.give({ is: "started", enrolled: false, waiting: 3 });
    expect(w.link()).toEqual({ state: "unenrolled" });
    expect(w.requests).toEqual([]);
    w.give({ is: "enrolled", waiting: 0 });
    expect(w.link().state).toBe("connecting");
    w.pulled();
    expect(w.link().state).toBe("online");
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: longPollMs }]);
  });

  test("what waits is pushed once the district has answered, never before", () => {
    const w = world();
    w.give({ is: "started", enrolled: true, waiting: 2 });
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: 0 }]);
    w.pulled({ waiting: 2 });
    expect(w.link()).toMatchObject({ state: "catching_up", done: 0, total: 2 });
    expect(w.requests.map((request) => request.do).sort()).toEqual(["pull", "push"]);
    w.pushed(2, 0);
    expect(w.link().state).toBe("online");
  });

  test("PR-8: what was recorded meanwhile goes at once, and no more than a few pushes are on their way", () => {
    const w = online();
    const pushes = () => w.requests.filter((request) => request.do === "push").length;
    w.give({ is: "recorded", waiting: 1 });
    expect(pushes()).toBe(1);
    w.give({ is: "recorded", waiting: 1 });
    expect(pushes()).toBe(1);
    w.give({ is: "recorded", waiting: 1_000 });
    expect(pushes()).toBe(mostPushes);
    expect(w.link().state).toBe("catching_up");
    w.pushed(1, 999);
    expect(pushes()).toBe(mostPushes);
    for (let waiting = 899; waiting > 0; waiting -= 100) w.pushed(100, waiting);
    while (pushes() > 0) w.pushed(99, 0);
    expect(w.link().state).toBe("online");
  });

  test("PR-8, PR-16: where much waits, what is urgent and then the first pieces go with the question whether anybody is there", () => {
    const kinds = (waiting: number) => {
      const w = world();
      w.give({ is: "started", enrolled: true, waiting });
      return w.requests.map((request) => request.do);
    };
    expect(kinds(100)).toEqual(["pull"]);
    expect(kinds(1_000)).toEqual(["pull", "push", "push", "push", "push"]);
    const w = world();
    w.give({ is: "started", enrolled: true, waiting: 1_000 });
    w.pushed(100, 900);
    expect(w.link().state).toBe("connecting");
    w.pulled({ waiting: 900 });
    expect(w.link()).toMatchObject({ state: "catching_up", total: 900 });
    const away = world();
    away.give({ is: "started", enrolled: true, waiting: 1_000 });
    away.fail("push");
    expect(away.requests).toEqual([]);
    expect(away.link().state).toBe("offline");
  });

  test("the question whether anybody is there is asked again when it is lost and what went with it was answered", () => {
    const w = world();
    w.give({ is: "started", enrolled: true, waiting: 1_000 });
    w.pass(500);
    w.pushed(100, 900);
    w.fail("pull", cut);
    expect(w.requests.filter((request) => request.do === "push")).toHaveLength(mostPushes);
    w.pulled({ waiting: 900 });
    expect(w.state().up).toBe(true);
    const unheard = world();
    unheard.give({ is: "started", enrolled: true, waiting: 1_000 });
    unheard.pass(500);
    unheard.fail("pull", cut);
    expect(unheard.link().state).toBe("offline");
  });

  test("PR-17: stretches that are known are asked for side by side; the waiting pull comes when they are in", () => {
    const w = world();
    w.give({ is: "started", enrolled: true, waiting: 0 });
    w.pulled({ moved: 100, left: 900, more: true, open: 6 });
    expect(w.requests).toHaveLength(mostPulls);
    w.pulled({ moved: 100, left: 800, more: false, open: 3 });
    expect(w.requests).toHaveLength(mostPulls);
    for (const open of [2, 1, 0, 0, 0]) w.pulled({ open });
    expect(w.requests).toHaveLength(1);
    expect(w.link().state).toBe("catching_up");
    w.pulled();
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: longPollMs }]);
    expect(w.link().state).toBe("online");
  });

  test("PR-16: when what urgent ops may have waited for is settled, the desk looks for them again at once", () => {
    for (const freed of [false, true]) {
      const w = world();
      w.give({ is: "started", enrolled: true, waiting: 500 });
      w.pulled({ waiting: 500 });
      const { gen } = w.state();
      const settled = { is: "pushed", gen, ahead: false, ops: 100, settled: 100, laterMs: null, waiting: 400 } as const;
      const { effects } = step(w.state(), { ...settled, freed }, { at: 1, mono: 1, random: 0 });
      expect(effects.some((effect) => effect.do === "push" && effect.ahead)).toBe(freed);
    }
  });

  test("catching up says item n of m and never more than m", () => {
    const w = world();
    w.give({ is: "started", enrolled: true, waiting: 150 });
    w.pulled({ waiting: 150, moved: 200, left: 300, more: true });
    expect(w.link()).toMatchObject({ state: "catching_up", done: 200, total: 650 });
    w.pushed(100, 50);
    expect(w.link()).toMatchObject({ done: 300, total: 650 });
    w.pulled({ waiting: 50, moved: 400, left: 0 });
    const link = w.link();
    if (link.state !== "catching_up") throw new Error(link.state);
    expect(link.done).toBeLessThanOrEqual(link.total);
    w.pushed(50, 0);
    expect(w.link().state).toBe("online");
  });

  test("`later` waits at least as long as asked and holds no one up", () => {
    const w = online();
    w.give({ is: "recorded", waiting: 1 });
    w.pushed(0, 1, 3_000);
    expect(w.link().state).toBe("online");
    w.give({ is: "recorded", waiting: 2 });
    expect(w.requests.some((request) => request.do === "push")).toBe(false);
    w.pass(2_999);
    expect(w.requests.some((request) => request.do === "push")).toBe(false);
    w.pass(1);
    expect(w.requests.some((request) => request.do === "push")).toBe(true);
  });

  test("a waiting pull that comes back at once and empty does not make a storm", () => {
    const w = online();
    w.pulled({ hasty: true });
    expect(w.requests).toEqual([]);
    expect(w.link().state).toBe("online");
    w.pass(1_000);
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: longPollMs }]);
  });
});

describe("losing the link", () => {
  test("one lost request is asked again at once, on another connection; three in a row are the end of the link", () => {
    const w = online();
    w.give({ is: "recorded", waiting: 350 });
    w.fail("push", cut);
    expect(w.state().up).toBe(true);
    expect(w.requests.filter((request) => request.do === "push")).toHaveLength(mostPushes);
    w.fail("pull", cut);
    expect(w.state().up).toBe(true);
    w.pushed(100, 250);
    for (let miss = 0; miss < 2; miss++) w.fail("push", cut);
    expect(w.state().up).toBe(true);
    w.fail("push", cut);
    expect(w.link()).toMatchObject({ state: "offline", reasonId: "link.unreachable" });
    expect(w.requests).toEqual([]);
  });

  test("a request that is lost after a long silence is the end of the link: the badge does not wait for another", () => {
    const w = online();
    w.pass(10_001);
    w.fail("pull", cut);
    expect(w.link().state).toBe("offline");
  });

  test("a desk that has asked too often for nothing within the hour looks less often, though work waits", () => {
    const draw = drawer(seed);
    const w = online(0, draw);
    w.give({ is: "recorded", waiting: 1 });
    w.fail("pull");
    let asked = 0;
    for (let down = 0; down < 3_600_000; asked++) {
      const wait = w.timers()[0]?.inMs ?? 0;
      w.pass(wait);
      down += wait;
      w.fail("pull");
    }
    expect(asked).toBeLessThan(2_000);
  });

  test("one failure and the badge says offline, why, since when, and when it will look again", () => {
    const w = online();
    w.pass(5_000);
    w.fail("pull");
    expect(w.link()).toMatchObject({ state: "offline", sinceAt: 1_005_000, reasonId: "link.unreachable" });
    expect(w.spans).toEqual(["down", "up", "down link.unreachable"]);
    w.pass(10_000);
    w.fail("pull");
    expect(w.link()).toMatchObject({ state: "offline", sinceAt: 1_005_000 });
    expect(w.spans).toHaveLength(3);
    w.pass(1_000);
    w.pulled();
    expect(w.link().state).toBe("online");
    expect(w.spans.at(-1)).toBe("up");
  });

  test("the history notes when a gateway says that it is busy, and when that turns into a line that is cut", () => {
    const w = online();
    w.pass(5_000);
    w.fail("pull", away("link.busy"));
    expect(w.spans).toEqual(["down", "up", "down link.busy"]);
    w.pass(10_000);
    w.fail("pull", away("link.busy"));
    expect(w.spans).toHaveLength(3);
    w.pass(10_000);
    w.fail("pull");
    w.pass(10_000);
    w.fail("pull", away("link.busy"));
    w.pass(10_000);
    w.pulled();
    expect(w.spans.slice(3)).toEqual(["down link.unreachable", "down link.busy", "up"]);
  });

  test("it looks within 1 s in the first minute, within 30 s later, within 5 s while work waits", () => {
    for (const [waiting, later] of [
      [0, 30_000],
      [4, 5_000],
    ] as const) {
      const draw = drawer(seed + waiting);
      const w = online(0, draw);
      w.give({ is: "recorded", waiting });
      w.fail("pull");
      let down = 0;
      let longest = 0;
      while (down < 400_000) {
        const [timer] = w.timers();
        if (!timer) throw new Error("nobody looks any more");
        expect(timer.inMs, `after ${down} ms`).toBeLessThanOrEqual(down < 60_000 ? 1_000 : later);
        expect(timer.inMs).toBeGreaterThanOrEqual(100);
        longest = Math.max(longest, timer.inMs);
        w.pass(timer.inMs);
        down += timer.inMs;
        w.fail("pull");
      }
      expect(longest).toBeGreaterThan(later * 0.6);
    }
  });

  test("desks that lose the link together do not come back in step", () => {
    const draw = drawer(seed);
    const waits = Array.from({ length: 200 }, () => {
      const w = online(0, draw);
      for (let index = 0; index < 4; index++) {
        w.fail("pull");
        w.pass(w.timers()[0]?.inMs ?? 0);
      }
      w.fail("pull");
      return w.timers()[0]?.inMs ?? 0;
    });
    expect(new Set(waits).size).toBeGreaterThan(100);
    expect(waits.filter((wait) => wait < 500).length).toBeGreaterThan(50);
    expect(waits.filter((wait) => wait > 500).length).toBeGreaterThan(50);
  });

  test("a look that waited in vain has waited already: the next one comes at once, and not in step", () => {
    const draw = drawer(seed);
    const w = online(0, draw);
    w.fail("pull");
    const waits = new Set<number>();
    for (let look = 0; look < 20; look++) {
      w.pass(w.timers()[0]?.inMs ?? 0);
      w.pass(1_200);
      w.fail("pull");
      waits.add(w.timers()[0]?.inMs ?? 0);
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(200);
    expect(waits.size).toBeGreaterThan(10);
  });

  test("a link that lets every pull through and no push is not stormed, though it comes up each time", () => {
    const w = online(1);
    const perMinute = [0, 0, 0, 0, 0];
    for (let at = 0; at < 5 * 60_000; at += 10) {
      w.pass(10);
      const asked = w.requests.some((request) => request.do === "push") ? "push" : w.requests[0]?.do;
      if (asked) perMinute[Math.floor(at / 60_000)] = (perMinute[Math.floor(at / 60_000)] ?? 0) + 1;
      if (asked === "push") w.fail("push");
      else if (asked === "pull") w.pulled({ waiting: 1 });
    }
    expect(perMinute[0]).toBeLessThan(300);
    for (const later of perMinute.slice(2)) expect(later).toBeLessThan(60);
  });

  test("a wait that the other side asked for is kept, even when work is recorded; a person may try at once", () => {
    const w = online();
    w.fail("pull", away("link.busy", 120_000));
    w.give({ is: "recorded", waiting: 1 });
    w.pass(119_000);
    expect(w.requests).toEqual([]);
    w.give({ is: "wake" });
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: 0 }]);
  });

  test("work that is recorded in a long pause is tried within a second", () => {
    const w = online(0, () => 0.99);
    w.fail("pull");
    for (let down = 0; down < 120_000; ) {
      const wait = w.timers()[0]?.inMs ?? 0;
      w.pass(wait);
      down += wait;
      w.fail("pull");
    }
    expect(w.timers()[0]?.inMs).toBeGreaterThan(5_000);
    w.give({ is: "recorded", waiting: 1 });
    expect(w.timers()[0]?.inMs).toBeLessThanOrEqual(1_000);
  });

  test("what answers as a stranger stops the link; it looks again now and then and forgives", () => {
    const w = online();
    w.fail("pull", foreign);
    expect(w.link()).toMatchObject({ state: "stopped", reasonId: "link.foreign" });
    w.give({ is: "recorded", waiting: 1 });
    w.pass(14_000);
    expect(w.requests).toEqual([]);
    w.pass(16_000);
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: 0 }]);
    w.pulled({ waiting: 1 });
    expect(w.link().state).toBe("catching_up");
  });

  test("a changed network is looked at once, unless the other side asked for a pause", () => {
    const w = online(0, () => 0.99);
    w.give({ is: "network" });
    expect(w.requests).toHaveLength(1);
    w.fail("pull");
    w.give({ is: "network" });
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: 0 }]);
    w.fail("pull", away("link.busy", 60_000));
    w.give({ is: "network" });
    expect(w.requests).toEqual([]);
  });

  test("a refused device asks once more soon, then rarely, and at once when a person wakes it", () => {
    const w = online();
    w.fail("pull", refusedDevice);
    expect(w.link()).toMatchObject({ state: "stopped", reasonId: "link.refused_device" });
    w.pass(30_000);
    expect(w.requests).toHaveLength(1);
    w.fail("pull", refusedDevice);
    w.pass(599_000);
    expect(w.requests).toEqual([]);
    w.pass(1_000);
    expect(w.requests).toHaveLength(1);
    w.fail("pull", refusedDevice);
    w.give({ is: "wake" });
    expect(w.requests).toHaveLength(1);
  });

  test("answers and timers of an abandoned try touch nothing", () => {
    const w = online();
    w.give({ is: "recorded", waiting: 1 });
    const push = w.take("push");
    w.fail("pull");
    const before = w.state();
    w.give({ is: "pushed", gen: push.gen, ahead: false, ops: 1, settled: 1, laterMs: null, waiting: 0, freed: false });
    w.give({ is: "failed", gen: push.gen, failure: foreign, of: "push", ops: 1, open: 0 });
    w.give({ is: "timer", gen: push.gen, name: "retry" });
    expect(w.state()).toBe(before);
  });
});

describe("PR-32: a district that asks to come later", () => {
  test("is no outage: the link stays up, the history too, and what was put off goes again after the time it asked for", () => {
    const w = online();
    w.give({ is: "recorded", waiting: 3 });
    const { gen } = w.state();
    w.fail("push", later(3_000));
    const retryAt = 1_003_150;
    expect(w.link()).toEqual({ state: "online", sinceAt: 1_000_000, later: { sinceAt: 1_000_000, retryAt } });
    expect(w.spans).toEqual(["down", "up"]);
    // Nothing was given up, and nothing new is asked, whatever is recorded or comes back.
    expect(w.state().gen).toBe(gen);
    w.give({ is: "recorded", waiting: 4 });
    w.pulled({ waiting: 4 });
    w.pass(2_999);
    expect(w.requests).toEqual([]);
    w.pass(151);
    expect(w.requests.map((request) => request.do).sort()).toEqual(["pull", "push"]);
    w.pushed(4, 0);
    expect(w.link()).toEqual({ state: "online", sinceAt: 1_000_000 });
  });

  test("pushes that are put off together wait once, for the longest that was asked; what waits is sent again whole", () => {
    const w = online();
    w.give({ is: "recorded", waiting: 400 });
    for (const ms of [1_000, 4_000, 2_000, 1_000]) w.fail("push", later(ms));
    expect(w.state()).toMatchObject({ pushing: 0, underWay: 0, up: true });
    expect(w.timers().filter(({ name }) => name === "later")).toHaveLength(1);
    w.pass(4_000);
    expect(w.requests).toHaveLength(1);
    w.pass(500);
    expect(w.requests.filter((request) => request.do === "push")).toHaveLength(mostPushes);
    expect(w.link()).toMatchObject({ state: "catching_up", done: 0, total: 400 });
  });

  test("is found there by a desk that looked for it: the outage is over, though nothing got through", () => {
    const w = online();
    w.fail("pull");
    w.pass(1_000);
    w.fail("pull", later(1_000));
    expect(w.link().state).toBe("online");
    expect(w.spans).toEqual(["down", "up", "down link.unreachable", "up"]);
    w.pass(1_500);
    w.pulled({ moved: 3, left: 900, more: true });
    expect(w.link()).toMatchObject({ state: "catching_up", done: 3, total: 903 });
  });

  test("urgent pushes go on beside what waits; one that is put off itself waits alone (PR-16, PR-31)", () => {
    const w = online();
    w.give({ is: "recorded", waiting: 3 });
    w.fail("push", later(60_000));
    const urgent = (input: Input) =>
      step(w.state(), input, { at: 1, mono: 1, random: 0 }).effects.filter((effect) => effect.do === "push");
    expect(urgent({ is: "recorded", waiting: 4 })).toMatchObject([{ ahead: true }]);
    const other = online();
    other.give({ is: "recorded", waiting: 3 });
    other.aheadFailed(later(2_000));
    expect(other.timers().map(({ name }) => name)).toEqual(["ahead"]);
    other.pushed(1, 2);
    expect(other.requests.some((request) => request.do === "push")).toBe(true);
  });

  test("for very long is asked ever more rarely, without a storm where it names no time, and since when is kept", () => {
    const draw = drawer(seed);
    const w = online(0, draw);
    w.give({ is: "recorded", waiting: 1 });
    let asked = 0;
    for (let at = 0; at < 20 * 60_000; at += 50) {
      w.pass(50);
      if (w.requests.some((request) => request.do === "push")) {
        w.fail("push", later(0));
        asked++;
      }
      // The pulls get through: that says nothing of what waits.
      if (w.requests.length > 0) w.pulled({ waiting: 1 });
    }
    expect(asked).toBeGreaterThan(100);
    expect(asked).toBeLessThan(900);
    expect(w.link()).toMatchObject({ state: "online", later: { sinceAt: 1_000_050 } });
    expect(w.spans).toEqual(["down", "up"]);
  });

  test("does not keep a person waiting: their try goes at once, and has ended when it is put off again", () => {
    const w = online(1);
    w.fail("push", later(600_000));
    w.give({ is: "wake" });
    expect(w.requests).toMatchObject([{ do: "pull", waitMs: 0 }]);
    w.fail("pull", later(600_000));
    expect(w.tried()).toBe(1);
    expect(w.link()).toMatchObject({ later: { sinceAt: 1_000_000, retryAt: 1_600_250 } });
  });

  test("and then is gone: that is an outage, with its own beginning", () => {
    const w = online();
    w.give({ is: "recorded", waiting: 1 });
    w.fail("push", later(2_000));
    w.pass(1_000);
    w.fail("pull");
    expect(w.link()).toMatchObject({ state: "offline", sinceAt: 1_001_000, reasonId: "link.unreachable" });
    expect(w.state().later).toBe(null);
  });
});

describe("a try that someone waits for", () => {
  test("ends when nothing is missing and nothing waits", () => {
    const w = online(1);
    w.give({ is: "wake" });
    expect(w.tried()).toBe(0);
    w.pulled({ waiting: 1 });
    expect(w.tried()).toBe(0);
    w.pushed(1, 0);
    expect(w.tried()).toBe(1);
  });

  test("ends when it fails, when it is stopped, and at once when there is no link to try", () => {
    const w = online();
    w.give({ is: "wake" });
    w.fail("pull");
    expect(w.tried()).toBe(1);
    w.give({ is: "wake" });
    w.give({ is: "stop" });
    expect(w.tried()).toBe(2);
    const idle = world();
    idle.give({ is: "started", enrolled: false, waiting: 0 });
    idle.give({ is: "wake" });
    expect(idle.tried()).toBe(1);
  });
});

describe("an enrolment that is wanted", () => {
  test("is tried until it works, and the badge says why it does not", () => {
    const w = world();
    w.give({ is: "started", enrolled: false, waiting: 0 });
    w.give({ is: "wanted" });
    expect(w.link().state).toBe("connecting");
    w.fail("enrol");
    expect(w.link()).toMatchObject({ state: "offline", reasonId: "link.unreachable" });
    w.pass(1_000);
    w.give({ is: "enrolled", waiting: 1 });
    w.pulled({ waiting: 1 });
    w.pushed(1, 0);
    expect(w.link().state).toBe("online");
  });

  test("that the district refuses is shown as stopped and looked at rarely", () => {
    const w = world();
    w.give({ is: "wanted" });
    w.fail("enrol", { ...foreign, reasonId: "link.code_wrong" });
    expect(w.link()).toMatchObject({ state: "stopped", reasonId: "link.code_wrong" });
    w.pass(14_000);
    expect(w.requests).toEqual([]);
    w.pass(17_000);
    expect(w.requests).toMatchObject([{ do: "enrol" }]);
  });
});

describe("any life at all", () => {
  test("10,000 drawn inputs: never more at once than allowed, never silent, never a number beyond its total", () => {
    const draw = drawer(seed);
    const w = world(draw);
    w.give({ is: "started", enrolled: true, waiting: 0 });
    for (let turn = 0; turn < 10_000; turn++) {
      const push = w.requests.some((request) => request.do === "push");
      const pull = w.requests.some((request) => request.do === "pull");
      const waiting = Math.floor(draw() * 300);
      const dice = draw();
      if (dice < 0.2) w.give({ is: "recorded", waiting });
      else if (dice < 0.4 && push) w.pushed(Math.floor(draw() * 5), waiting, draw() < 0.2 ? draw() * 2_000 : null);
      else if (dice < 0.65 && pull)
        w.pulled({
          moved: Math.floor(draw() * 200),
          left: waiting,
          more: draw() < 0.3,
          open: Math.floor(draw() * 4),
          hasty: draw() < 0.1,
          waiting,
        });
      else if (dice < 0.75 && (push || pull))
        w.fail(push ? "push" : "pull", draw() < 0.2 ? foreign : draw() < 0.6 ? cut : away(), Math.floor(draw() * 2));
      else if (dice < 0.77 && (push || pull)) w.fail(push ? "push" : "pull", later(draw() * 3_000));
      else if (dice < 0.78) w.give({ is: "wake" });
      else w.pass(draw() * 2_000);

      for (const kind of ["push", "pull"] as const)
        expect(w.requests.filter((request) => request.do === kind).length).toBeLessThanOrEqual(
          kind === "push" ? mostPushes : mostPulls,
        );
      expect(w.requests.length + w.timers().length, JSON.stringify(w.state())).toBeGreaterThan(0);
      const link = w.link();
      if (link.state === "catching_up") expect(link.done).toBeLessThanOrEqual(link.total);
      expect(["offline", "stopped", "connecting"].includes(link.state)).toBe(!w.state().up);
    }
  });
});
