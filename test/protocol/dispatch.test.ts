import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { device, plainAsk } from "./device.ts";
import { district, type TestDistrict } from "./district.ts";
import { otherStreet, street } from "./ops.ts";

const doorOf = (centre: TestDistrict) => {
  const token = readFileSync(join(centre.dir, "operator.token"), "utf8");
  return (path: string, body?: unknown, of = street) =>
    plainAsk(centre, body === undefined ? "GET" : "POST", `/operator/streets/${of}/${path}`, body, {
      authorization: `Bearer ${token}`,
    });
};
const matter = {
  title: "河道漂浮物",
  text: "下游闸口发现大量漂浮物",
  requirement: "今晚清完并反馈",
  level: "critical",
  category: "waterlogging",
  place: { text: "安溪河闸口" },
  operator: "钱调度",
};
interface Dispatched {
  readonly number: string;
  readonly state: string;
  readonly dispatch: DutyEvent["dispatch"];
}

test("DS-1 DS-2 PR-19 an event goes down to a desk that waits for it, and the district sees each step and its end", async () => {
  const centre = await district();
  const operate = doorOf(centre);
  const seen = async () => ((await operate("dispatched")).envelope.body as { dispatched: Dispatched[] }).dispatched;
  const [desk, elsewhere] = [await device(centre), await device(centre, otherStreet)];
  await desk.push(desk.ops.officer());
  const waiting = desk.pull((await desk.pull()).upTo, { waitMs: 20_000 });
  const sent = (await operate("dispatch", matter)).envelope.body as { eventId: string; number: string; no: number };
  const { ops } = await waiting;
  expect(ops).toMatchObject([
    { kind: "event.dispatch", device: `district-${street}`, seq: 1, by: "district", no: sent.no },
  ]);
  expect((await elsewhere.pull()).ops).toEqual([]);
  expect(sent.number).toMatch(/^\d{8}-区001$/);
  const arrived = applyOp(ops[0] as never, undefined, undefined);
  expect(arrived).toMatchObject({
    ok: true,
    value: { state: { level: "critical", source: "district", limits: { accept: { min: expect.any(Number) } } } },
  });

  expect(await seen()).toMatchObject([{ number: sent.number, state: "reported", dispatch: { operator: "钱调度" } }]);
  const lead = { kind: "post", name: "防汛抗旱岗" };
  await desk.push(desk.ops.act(sent.eventId, "accept"), desk.ops.act(sent.eventId, "assign", { lead }));
  expect(await seen()).toMatchObject([{ state: "assigned" }]);
  await desk.push(desk.ops.act(sent.eventId, "acknowledge"), desk.ops.act(sent.eventId, "close", { result: "已清完" }));
  expect(await seen()).toMatchObject([{ state: "closed", result: "已清完" }]);
  const second = (await operate("dispatch", { ...matter, limitMin: 45, level: "normal" })).envelope.body;
  expect(second).toMatchObject({ number: sent.number.replace("001", "002") });
  expect((await desk.pull()).ops.at(-1)?.body).toMatchObject({ given: { limitMin: 45 } });
});

test("DS-2 CL-2 limits come from the street's own tables, with the hours that count there", async () => {
  const centre = await district();
  const operate = doorOf(centre);
  const business = { min: 90, in: "business" };
  const none = { acknowledge: null, arrive: null, report: null, handle: null };
  const clock = [
    { category: "", level: "critical", accept: { min: 3, in: "round_the_clock" }, ...none, whole: business },
  ];
  expect((await operate("table", { table: "clock", rows: clock })).status).toBe(200);
  const hours = [{ from: "07:00", to: "15:00", weekdays: ["1", "2", "3", "4", "5", "6", "0"] }];
  expect((await operate("table", { table: "hours", rows: hours })).status).toBe(200);
  expect((await operate("dispatch", matter)).status).toBe(200);
  const desk = await device(centre);
  expect((await desk.pull()).ops.at(-1)?.body).toMatchObject({
    given: {
      limitMin: 90,
      limits: {
        accept: { min: 3 },
        wholeIn: "business",
        calendar: { hours: [[420, 900]], weekdays: [1, 2, 3, 4, 5, 6, 0] },
      },
    },
  });
});

test("DS-3 DS-4 a return waits for the district, which insists or recalls; what it did not send down stays", async () => {
  const centre = await district();
  const operate = doorOf(centre);
  const desk = await device(centre);
  await desk.push(desk.ops.officer(), desk.ops.report("own"));
  const send = async () => (await operate("dispatch", matter)).envelope.body as { eventId: string; number: string };
  const step = (event: string, name: string, words = "属你街道管辖") =>
    operate("dispatch-step", { event, step: name, words, operator: "钱调度" });
  const first = await send();
  expect((await step(first.number, "insist")).problem).toBe("event.nothing_returned");
  await desk.push(desk.ops.act(first.eventId, "hand_back", { reason: "闸口归邻街" }));
  const [refused] = await desk.push(desk.ops.act(first.eventId, "void", { reason: "不归我" }));
  expect(refused).toMatchObject({ outcome: "refused", error: { id: "event.dispatch_void" } });
  expect((await step(first.number, "insist")).status).toBe(200);
  expect((await step(first.number, "recall", "改派邻街")).status).toBe(200);
  expect((await step(first.number, "recall")).problem).toBe("event.not_from_here");
  expect((await step("own", "recall")).problem).toBe("event.not_dispatched");
  expect((await step("nothing", "recall")).problem).toBe("event.unknown");
  expect((await operate("dispatched")).envelope.body).toMatchObject({
    dispatched: [
      {
        state: "void",
        dispatch: {
          returns: [{ reason: "闸口归邻街", answer: { text: "属你街道管辖" } }],
          recalled: { text: "改派邻街" },
        },
      },
    ],
  });

  const second = await send();
  const into = { eventId: second.eventId, number: second.number, reportedAt: 0 };
  await desk.push(desk.ops.act("own", "merge", { into }));
  expect((await step(second.number, "recall")).problem).toBe("event.leads_others");
});

test("DS-1 what is not of the form, of an unknown street or category is refused, and nothing is sent", async () => {
  const centre = await district();
  const operate = doorOf(centre);
  for (const wrong of [{ title: "" }, { level: "red" }, { limitMin: 0 }, { category: "moon" }, { admin: true }])
    expect((await operate("dispatch", { ...matter, ...wrong })).problem, JSON.stringify(wrong)).toBe("input.invalid");
  expect((await operate("dispatch", matter, "999999999")).problem).toBe("setup.unknown_street");
  expect((await operate("dispatched", undefined, "999999999")).problem).toBe("setup.unknown_street");
  const desk = await device(centre);
  expect((await desk.pull()).ops).toEqual([]);
  // A dispatched event of a confidential kind says nothing of itself by the door.
  await operate("dispatch", { ...matter, confidential: true });
  expect((await operate("dispatched")).envelope.body).toMatchObject({ dispatched: [{ title: "", dispatch: null }] });
});

test("DS-1 two that are sent at the same moment have two numbers", async () => {
  const centre = await district();
  const operate = doorOf(centre);
  const numbers = (await Promise.all([1, 2, 3].map(() => operate("dispatch", matter)))).map(({ envelope }) =>
    (envelope.body as { number: string }).number.slice(-3),
  );
  expect(numbers.toSorted()).toEqual(["001", "002", "003"]);
});
