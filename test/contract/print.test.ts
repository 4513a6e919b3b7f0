import { expect, test } from "vitest";
import { contract, topics } from "#shared/contract.ts";
import { printedContract } from "../../tools/print-contract.ts";

test("the printed contract names every query, command and notice, each with its schemas, as plain JSON", () => {
  const printed = printedContract();
  const calls = [...printed.queries, ...printed.commands];
  expect(calls.map((call) => call.name).toSorted()).toEqual(Object.keys(contract).toSorted());
  for (const call of calls) {
    expect(call.about.length, call.name).toBeGreaterThan(5);
    expect(call.input, call.name).toMatchObject({ type: "object", additionalProperties: false });
    expect(call.output, call.name).toHaveProperty("type", "object");
    expect(["open", "officer"]).toContain(call.door);
  }
  const assess = printed.transitions.find(({ action }) => action === "assess");
  expect(assess?.given).toMatchObject({ required: ["board", "category", "level", "lead"] });
  expect(printed.notices.map((notice) => notice.name)).toEqual([...topics]);
  expect(JSON.parse(JSON.stringify(printed))).toEqual(printed);
});
