import { expect, test } from "vitest";
import { z } from "zod";
import { query } from "#shared/contract/call.ts";
import { lazily } from "#shared/lib/lazily.ts";
import { row } from "#shared/op/kinds/row.ts";

test("a value is made at the first asking, once, also when it is nothing", () => {
  let made = 0;
  const value = lazily(() => {
    made++;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value(), made]).toEqual([undefined, undefined, 1]);
});

test("rows of the contract and of the ops make their schemas when they are first asked for, and keep them", () => {
  let made = 0;
  const schema = () => {
    made++;
    return z.string();
  };
  const call = query("open", "About.", schema, schema);
  const kind = row<string, string>({
    v: 1,
    body: schema,
    entity: "log",
    state: schema,
    entityId: (body) => body,
    apply: (_present, body) => ({ ok: true, value: body }),
    log: () => ({ kind: "log", text: { zh: "", en: "" }, eventId: null, action: "" }) as never,
  });
  expect(made).toBe(0);
  expect(call.input).toBe(call.input);
  expect(kind.body.safeParse("a").success).toBe(true);
  expect(kind.body).toBe(kind.body);
  expect(made).toBe(2);
});
