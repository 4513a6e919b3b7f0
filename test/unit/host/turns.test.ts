import { describe, expect, test } from "vitest";
import { takeTurns } from "#host/turns.ts";

/** Notes who had a turn, in order; what one begins while it has its turn comes later. */
function noted() {
  const turns = takeTurns();
  const had: string[] = [];
  const ask = (name: string, meanwhile = () => {}) =>
    turns.take("query", () => {
      had.push(name);
      meanwhile();
    });
  const order = (name: string) => turns.take("command", () => void had.push(name));
  const rest = async () => {
    for (let turn = 0; turn < 60; turn++) await new Promise(setImmediate);
    return had;
  };
  return { ask, order, rest };
}

describe("turns in the core", () => {
  test("a command waits for one question, not for all that were asked before it", async () => {
    const { ask, order, rest } = noted();
    ask("first", () => order("accept"));
    ask("second");
    ask("third");
    expect(await rest()).toEqual(["first", "accept", "second", "third"]);
  });

  test("what comes from outside between two turns is heard before the next", async () => {
    const { ask, order, rest } = noted();
    ask("first");
    ask("second");
    setImmediate(() => order("accept"));
    expect(await rest()).toEqual(["first", "accept", "second"]);
  });

  test("commands and questions each keep their order, and each has one turn", async () => {
    const { ask, order, rest } = noted();
    ask("a");
    order("1");
    ask("b");
    order("2");
    expect(await rest()).toEqual(["1", "2", "a", "b"]);
  });

  test("what can wait for a hand begins when it has rested, and is not put off for ever", async () => {
    const turns = takeTurns();
    const from = performance.now();
    await turns.calm(1_000);
    expect(performance.now() - from).toBeLessThan(40);
    turns.take("query", () => {});
    await turns.calm(1_000);
    expect(performance.now() - from).toBeLessThan(80);
    turns.take("command", () => {});
    await turns.calm(1_000);
    const rested = performance.now();
    expect(rested - from).toBeGreaterThan(150);
    turns.take("command", () => {});
    const stepping = setInterval(() => turns.take("command", () => {}), 20);
    await turns.calm(400);
    clearInterval(stepping);
    expect(performance.now() - rested).toBeGreaterThan(350);
    expect(performance.now() - rested).toBeLessThan(900);
  });

  test("a flood of commands keeps a question waiting for some of them only", async () => {
    const { ask, order, rest } = noted();
    ask("question");
    for (let one = 0; one < 40; one++) order(`command ${one}`);
    const had = await rest();
    expect(had).toHaveLength(41);
    expect(had.indexOf("question")).toBeLessThan(10);
  });
});
