import { describe, expect, test } from "vitest";
import type { Handover } from "#shared/domain/handover/handover.ts";
import type { HandoverLine, HandoverRecord } from "#shared/domain/handover/record.ts";
import { type Sheet, sheetOf, sheetOfSigned, shortCode } from "#shared/domain/handover/sheet.ts";
import { at, formOne, minute, record, signing } from "./samples.ts";

const line: HandoverLine = {
  key: "instruction/1",
  mark: "批示",
  number: "",
  title: "今晚报积水点清单。",
  detail: "",
  at,
  eventId: null,
  confidential: false,
  note: "已催",
};
const secret = { number: "20261121-A009", confidential: true, eventId: "s" };
const full: HandoverRecord = {
  ...record,
  openEvents: [
    {
      ...secret,
      title: "未成年人走失",
      state: "handling",
      level: "critical",
      dueAt: at,
      lead: "派出所",
      next: "反馈",
      reportedAt: at,
      isNew: true,
      marks: ["report"],
      note: "家长在所里",
      eventId: "s",
    },
  ],
  sections: [
    { code: "instruction", items: [line] },
    { code: "report", items: [{ ...line, ...secret, key: "report/s", title: "未成年人走失", detail: "尚未报告" }] },
  ],
  checklist: [...record.checklist, { item: "对讲机", ok: false, note: "一台没电", required: true }],
  carryOver: [
    { id: "c", text: "走失孩子的家长", eventId: "s", confidential: true, toOfficerId: "officer-3", toName: "陈主班" },
    { id: "d", text: "回访施工队", eventId: null, confidential: false, toOfficerId: "officer-3", toName: "陈主班" },
  ],
  chain: { no: 812, head: "f".repeat(64) },
};
const signature = (side: "outgoing" | "incoming", name: string) => ({
  ...signing(side, full[side][0]?.officerId ?? "").signature,
  name,
});
const sealed: Handover = {
  id: "2026-11-21/day",
  phase: "sealed",
  record: full,
  outgoing: { ...signature("outgoing", "王值班"), at: record.dueAt + 12 * minute },
  incoming: signature("incoming", "李接班"),
  statements: {
    outgoing: { reason: "接班人堵车", absent: [], remarks: "", refused: [] },
    incoming: { reason: "", absent: [], remarks: "钥匙少一把", refused: [{ carryId: "d", reason: "已办过" }] },
  },
  decision: { officerId: "z", name: "周带班", at: record.dueAt + 60 * minute, text: "明早补配" },
};
const textOf = (sheet: Sheet): string => JSON.stringify(sheet);

describe("the sheet", () => {
  test("HO-14: the same handover gives the same sheet, whatever was asked before", () => {
    const first = textOf(sheetOfSigned(sealed));
    sheetOf({ id: "x", record, handover: null }, { masked: false });
    expect(textOf(sheetOfSigned(structuredClone(sealed)))).toBe(first);
    expect(first).not.toMatch(/undefined|NaN|Invalid|null,null/);
  });

  test("HO-14: confidential matters keep their number and lose their words, wherever they stand", () => {
    const text = textOf(sheetOfSigned(sealed));
    for (const word of ["走失", "家长"]) expect(text).not.toContain(word);
    expect(text).toContain("20261121-A009");
    const onScreen = textOf(sheetOf({ id: sealed.id, record: full, handover: sealed }, { masked: false }));
    for (const word of ["未成年人走失", "家长在所里", "走失孩子的家长"]) expect(onScreen).toContain(word);
  });

  test("HO-13 HO-14: signatures, lateness, objections, decision, checks, chain: all of it is on the sheet", () => {
    const sheet = sheetOfSigned(sealed);
    expect(sheet).toMatchObject({
      office: "茶山竹海街道治理中心",
      under: "2026年11月21日 白班（09:05 至 21:05）",
      stamps: [],
      signatures: [
        { name: "王值班", at: "2026年11月21日 21:17:00", notes: ["比应交时间晚 12 分钟：接班人堵车"] },
        { name: "李接班", notes: [] },
      ],
      code: { name: "值班日志链码", short: "ZZZZ-ZZZZ-ZZZZ-ZZZZ" },
    });
    expect(sheet.code?.qr).toBe(`ZHISHOU/2026-11-21/DAY/R/${"A".repeat(64)}/C/812/${"F".repeat(64)}`);
    const text = textOf(sheet);
    for (const words of [
      "今晚报积水点清单，11-21 09:05，（已催）",
      "异常：对讲机（一台没电）",
      "值班室钥匙 2 把",
      "钥匙少一把",
      "不接“回访施工队”：已办过",
      "明早补配（周带班 11-21 22:05）",
      "回访施工队。由 陈主班 接办",
    ])
      expect(text).toContain(words);
  });

  test("a draft says that it is one and bears no code; half signed and contested are stamped", () => {
    const draft = sheetOf({ id: sealed.id, record: full, handover: null }, { masked: true });
    expect(draft).toMatchObject({ stamps: ["草稿，双方未签字"], code: null, foot: [] });
    const { incoming: _, ...half } = sealed;
    expect(sheetOfSigned({ ...half, incoming: null, phase: "offered" }).stamps).toEqual(["接班一方尚未签字"]);
    expect(sheetOfSigned({ ...sealed, phase: "contested" }).stamps).toEqual(["有异议，待裁定"]);
  });

  test("HO-15: the sheet of an old record is drawn from what it says, its titles masked", () => {
    const old: Handover = { ...sealed, record: formOne };
    const text = textOf(sheetOfSigned(old));
    expect(text).toContain("旧格式");
    expect(text).not.toContain("301路");
    expect(sheetOfSigned(old).code?.name).toBe("记录码");
  });

  test("the short code is the first eighty bits in signs that are not mistaken for each other", () => {
    expect(shortCode("00".repeat(32))).toBe("0000-0000-0000-0000");
    expect(shortCode(`${"ff".repeat(10)}${"00".repeat(22)}`)).toBe("ZZZZ-ZZZZ-ZZZZ-ZZZZ");
  });
});

test("HO-5: a draft on paper says what nobody has looked at yet, not that it is amiss", () => {
  const { checklist } = full;
  const draft: HandoverRecord = {
    ...full,
    checklist: [...checklist, { item: "网络", ok: false, note: "", required: true }],
    keys: [
      { item: "值班室钥匙", unit: "把", count: 3, ok: true, note: "", required: true },
      { item: "应急车辆钥匙", unit: "把", count: null, ok: false, note: "", required: true },
    ],
  };
  const linesOf = (name: string) =>
    sheetOf({ id: "2026-11-21/day", record: draft, handover: null }, { masked: true }).blocks.flatMap((block) =>
      block.kind === "facts" ? block.rows.filter((row) => row.name === name).flatMap(({ lines }) => lines) : [],
    );
  expect(linesOf("设备检查")).toContain("异常：对讲机（一台没电）");
  expect(linesOf("设备检查")).toContain("尚未检查：网络");
  expect(linesOf("钥匙物品")).toEqual(["值班室钥匙 3 把", "尚未清点：应急车辆钥匙"]);
});
