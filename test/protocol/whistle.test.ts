import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { device, plainAsk } from "./device.ts";
import { district } from "./district.ts";
import { street } from "./ops.ts";

test("WH-3 WH-4 PR-19 district and department answer a whistle by the operator's door, and the street's desk holds the same", async () => {
  const centre = await district();
  const token = readFileSync(join(centre.dir, "operator.token"), "utf8");
  const operate = (path: string, body?: unknown) =>
    plainAsk(centre, body === undefined ? "GET" : "POST", `/operator/streets/${street}/${path}`, body, {
      authorization: `Bearer ${token}`,
    });
  const waiting = async () => ((await operate("whistles")).envelope.body as { whistles: object[] }).whistles;
  const desk = await device(centre);
  const { ops } = desk;
  await desk.push(ops.officer());
  const number = "20261121-A001";
  const lead = { kind: "post", name: "交通巡逻岗" };
  const call = { whistleKind: "daily", to: "区交通运输委", text: "请增开班次" };
  await desk.push(
    ops.report("event-1"),
    ops.act("event-1", "accept"),
    ops.act("event-1", "assign", { lead }),
    ops.act("event-1", "acknowledge"),
    ops.act("event-1", "whistle", call),
  );
  expect(await waiting()).toMatchObject([{ number, standing: "called", to: "区交通运输委", kindName: "日常" }]);

  const step = (more: object) => operate("whistle", { event: number, operator: "钱调度", ...more });
  expect((await step({ step: "decide", to: "区城市管理局", words: "按清单" })).problem).toBe("whistle.not_from_here");
  expect((await step({ step: "route" })).problem).toBe("input.invalid");
  expect((await operate("whistle", { event: "none", step: "route", to: "x" })).problem).toBe("event.unknown");
  expect((await step({ step: "dance" })).problem).toBe("input.invalid");
  expect((await step({ step: "route", to: "区城市管理局" })).status).toBe(200);
  expect((await step({ step: "dispute", words: "不在管养清单内" })).status).toBe(200);
  expect((await step({ step: "report_in", people: "二队" })).problem).toBe("whistle.not_from_here");
  expect((await step({ step: "decide", to: "区交通运输委", words: "公交归口交通" })).status).toBe(200);
  expect((await step({ step: "report_in", people: "公交科 2 人" })).status).toBe(200);
  expect(await waiting()).toMatchObject([{ standing: "reported_in", to: "区交通运输委" }]);
  expect((await step({ step: "feedback", words: "已加开两班" })).status).toBe(200);
  expect(await waiting()).toEqual([]);
  expect((await step({ step: "feedback", words: "再报一次" })).problem).toBe("whistle.none");

  let event: DutyEvent | undefined;
  const said: string[] = [];
  for (const op of (await desk.pull()).ops.filter(({ kind }) => kind.startsWith("event."))) {
    const applied = applyOp(op, event, "shift_leader");
    if (!applied.ok) throw new Error(`${op.kind} ${applied.error.id}`);
    event = applied.value.state as DutyEvent;
    if (op.by === "district") said.push(applied.value.log.text.zh);
  }
  expect(event).toMatchObject({ state: "fed_back", whistles: [{ state: "fed_back", to: "区交通运输委" }] });
  expect(event?.whistles[0]?.steps.map(({ step, by }) => `${by} ${step}`)).toEqual([
    "officer-1 call",
    "district route",
    "district dispute",
    "district decide",
    "district report_in",
    "district feedback",
  ]);
  expect(said.at(-1)).toBe("区中心：处置反馈（钱调度 告知）：已加开两班");
});

test("WH-3 OP-5 no desk takes the district's step in the district's name", async () => {
  const centre = await district();
  const desk = await device(centre);
  await desk.push(desk.ops.officer());
  const body = { eventId: "event-1", action: "route", given: { to: "x", toldBy: "y" } };
  for (const by of ["district", "officer-1"]) {
    const [result] = await desk.push(desk.ops.make("event.district", body, by));
    expect(result).toMatchObject({ outcome: "refused", error: { id: "op.author" } });
  }
});
