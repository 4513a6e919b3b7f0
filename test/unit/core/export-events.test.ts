import { parse } from "csv-parse/sync";
import excel from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { type EventColumn, eventColumns, type InputOf } from "#shared/contract.ts";
import { seededEvents } from "#test/bench/data/events.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

const hostile = ["=HYPERLINK(1)", "+86 来电", "-5 号井", "@甲,“乙”", "<b>丙</b>", '一"二"\n三', "\u0000\u0007空"];
let desk: TestDesk;
beforeAll(async () => {
  const first = await openTestDesk();
  await first.close();
  const opened = openDatabase(`${first.profileDir}/desk.db`);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  db.transaction(() => {
    let n = 0;
    for (const event of seededEvents(700, saturday)) {
      const title = hostile[n++] ?? event.title;
      writeEntity(db, "event", event.id, { ...event, title, confidential: n % 10 === 0 }, null);
    }
  })();
  db.close();
  desk = await openTestDesk({ profileDir: first.profileDir });
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

async function made(asked: InputOf<"export.events">): Promise<Buffer> {
  let state = await desk.get("export.events", asked);
  while (state.phase === "making") {
    await new Promise((resolve) => setTimeout(resolve, 10));
    state = (await desk.get("export.state", { exportId: state.exportId })).state ?? state;
  }
  if (!state.fileId) throw new Error(`${state.phase} ${state.errorId}`);
  expect(state.done).toBe(state.of);
  const { base64, fileName } = await desk.get("file.read", { fileId: state.fileId, offset: 0 });
  expect(fileName).toMatch(/^茶山竹海街道事件_2026-11-21\./);
  return Buffer.from(base64, "base64");
}

const columns: EventColumn[] = ["number", "level", "title", "place", "state", "reported"];
const selection = { view: "all", sources: ["phone", "patrol"], sort: "state" } as const;

test("LS-6: Excel and CSV hold the lines of the list in its order with its columns, to the last page", async () => {
  const asked = { ...selection, sources: [...selection.sources] };
  const { total } = await desk.get("event.list", { ...asked, from: 0, limit: 1 });
  const listed: string[] = [];
  for (let from = 0; from < total; from += 200)
    listed.push(...(await desk.get("event.list", { ...asked, from, limit: 200 })).rows.map(({ number }) => number));
  const csv = parse(await made({ format: "csv", selection: asked, columns }), { bom: true }) as string[][];
  expect(csv[0]).toEqual(["编号", "等级", "标题", "地点", "状态", "上报"]);
  expect(csv.slice(1).map(([number]) => number)).toEqual(listed);
  const book = new excel.Workbook();
  await book.xlsx.load((await made({ format: "xlsx", selection: asked, columns })) as never);
  const sheet = book.getWorksheet("事件");
  expect(sheet?.rowCount).toBe(total + 1);
  const numbers = sheet?.getColumn(1).values.slice(2);
  expect(numbers).toEqual(listed);
  // A time is a date of the spreadsheet, by the clock of the street; the CSV says the same minute.
  expect(csv[1]?.[5]).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/);
  for (const [at, line] of csv.slice(1, 60).entries()) {
    const cell = sheet?.getRow(at + 2).getCell(6);
    expect(cell?.type).toBe(excel.ValueType.Date);
    const written = cell?.value as Date | undefined;
    expect(written?.toISOString().slice(0, 16).replace("T", " ")).toBe(line[5]);
    expect(cell?.numFmt).toBe('yyyy"年"mm"月"dd"日" hh:mm');
  }
  const { rows } = await desk.get("event.list", { ...asked, from: 0, limit: 1 });
  const first = sheet?.getRow(2).getCell(6).value as Date | undefined;
  expect(first?.getTime()).toBeCloseTo((rows[0]?.reportedAt ?? 0) + 8 * 3_600_000, -2);
  // A date is read whole, a long title does not push the rest off the screen, and the head sorts and filters.
  expect(sheet?.getColumn(6).width).toBeGreaterThanOrEqual(16);
  expect(Math.max(...columns.map((_, at) => sheet?.getColumn(at + 1).width ?? 0))).toBeLessThanOrEqual(48);
  expect(sheet?.autoFilter).toBe("A1:F1");
});

test("LS-6: no cell is a formula, and a confidential event shows neither title nor place", async () => {
  const asked = { format: "csv", selection: { view: "all" }, columns: ["number", "title", "place", "state"] } as const;
  const csv = parse(await made({ ...asked, columns: [...asked.columns] }), { bom: true }) as string[][];
  expect(csv.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  expect(csv.find(([number]) => number === "S-000000")?.[1]).toBe("'=HYPERLINK(1)");
  const secret = csv.filter((line) => line[1] === "（涉密，不导出）");
  expect(secret.length).toBeGreaterThanOrEqual(70);
  expect(new Set(secret.map((line) => line[2]))).toEqual(new Set(["（涉密，不导出）"]));
  const book = new excel.Workbook();
  await book.xlsx.load((await made({ ...asked, columns: [...asked.columns], format: "xlsx" })) as never);
  const kinds = new Set<number>();
  book.getWorksheet("事件")?.eachRow((row) => {
    row.eachCell((cell) => {
      kinds.add(cell.type);
    });
  });
  expect(kinds).toEqual(new Set([excel.ValueType.String]));
});

test("LS-6: chosen events alone, nothing is said to be nothing, and one that is left stops and lets its file go", async () => {
  const { rows } = await desk.get("event.list", { view: "all", limit: 3 });
  const ids = rows.map(({ id }) => id);
  const csv = parse(await made({ format: "csv", selection: {}, columns: ["number"], ids }), { bom: true });
  expect(csv.slice(1).flat()).toEqual(rows.map(({ number }) => number));
  const none = { format: "csv", selection: { view: "all", party: "没有这个单位" }, columns: ["number"] } as const;
  expect(await desk.refusal("export.events", { ...none, columns: ["number"] })).toBe("export.nothing");
  const { exportId } = await desk.get("export.events", { format: "xlsx", selection: { view: "all" }, columns });
  await desk.get("export.leave", { exportId });
  expect((await desk.get("export.state", { exportId })).state).toBeNull();
});

test("LS-6: what has ended was in time or late, a void one neither; a place without words is its community and grid", async () => {
  const asked = {
    format: "csv",
    selection: { view: "all" },
    columns: ["state", "clock", "place", "community", "grid"],
  } as const;
  const csv = parse(await made({ ...asked, columns: [...asked.columns] }), { bom: true }) as string[][];
  const clocksOf = (state: string) => new Set(csv.filter((line) => line[0] === state).map((line) => line[1]));
  expect(clocksOf("已办结").size).toBeGreaterThan(0);
  for (const words of clocksOf("已办结")) expect(["按时办结", "超时办结", "无时限"]).toContain(words);
  for (const words of clocksOf("已作废")) expect(["不再计时", "无时限"]).toContain(words);
  for (const [, , place, community, grid] of csv.slice(1)) if (community || grid) expect(place).not.toBe("");
});

describe("the list on paper", () => {
  const wide = [...eventColumns];
  test("LS-8: it holds the lines of the list in its order with its columns, under its street, view, count, time and printer", async () => {
    const asked = { ...selection, sources: [...selection.sources] };
    const { total, rows } = await desk.get("event.list", { ...asked, from: 0, limit: 200 });
    const sheet = await desk.get("paper.events", { name: "全部", selection: asked, columns });
    expect(sheet.rows.slice(0, 200).map(([number]) => number)).toEqual(rows.map(({ number }) => number));
    expect(sheet.columns.map(({ name }) => name)).toEqual(["编号", "等级", "标题", "地点", "状态", "上报"]);
    expect(sheet).toMatchObject({ office: "茶山竹海街道治理中心", title: "事件清单", stamps: ["示例数据"] });
    const me = (await desk.get("session.current")).officer?.name;
    expect(sheet.under).toBe(`全部（按条件筛选）\u3000共 ${total} 件\u30002026-11-21 14:03\u3000打印人 ${me}`);
    expect(total).toBeLessThanOrEqual(500);
  });

  test("LS-8: it has at most 500 lines and says so; the marked events alone; its columns have the whole sheet", async () => {
    const all = await desk.get("paper.events", { name: "全部", selection: { view: "all" }, columns: wide });
    expect(all.rows).toHaveLength(500);
    expect(all.under).toMatch(/^全部\u3000共 \d{3,} 件，只印前 500 件\u3000/);
    const shares = all.columns.reduce((sum, { share }) => sum + (share ?? 0), 0);
    expect(Math.abs(shares - 100)).toBeLessThan(1);
    const { rows } = await desk.get("event.list", { view: "all", limit: 3 });
    const marked = await desk.get("paper.events", { columns: ["number"], ids: rows.map(({ id }) => id) });
    expect(marked.rows.flat()).toEqual(rows.map(({ number }) => number));
  });

  test("LS-8 CF-3: whoever prints it, also who reported it or has opened it, no title and no place of a confidential event", async () => {
    const officerId = (await desk.get("session.officers")).officers.find(({ grade }) => grade === "leader")?.id ?? "";
    await desk.get("session.signIn", { officerId, pin: "2580" });
    const place = { text: "玄圭里 8 号", community: "玄圭社区", grid: "玄圭网格" };
    const lead = { kind: "joint_post", name: "公安联勤岗" } as const;
    const taken = {
      text: "玄圭之事",
      title: "玄圭",
      level: "normal",
      category: "minor_protection",
      place,
      dispatch: { lead },
    } as const;
    const { event } = await desk.get("intake.take", { ...taken, confidential: true });
    await desk.get("event.open", { id: event.id, reason: "安排处置" });
    const lists = [
      await desk.get("paper.events", { selection: { view: "all", search: event.number }, columns: wide }),
      await desk.get("paper.tasks", { view: "open", party: lead }),
    ];
    for (const sheet of lists) {
      const line = sheet.rows.find((cells) => cells.includes(event.number));
      expect(line).toContain("（涉密，不打印）");
      expect(JSON.stringify(sheet)).not.toContain("玄圭");
    }
  });

  test("LS-8: tasks stand as their list has them", async () => {
    const { rows, total } = await desk.get("task.list", { view: "open", limit: 50 });
    const sheet = await desk.get("paper.tasks", { name: "未办", view: "open" });
    expect(sheet.title).toBe("任务清单");
    expect(sheet.under).toContain(`未办\u3000共 ${total} 件`);
    expect(sheet.rows.slice(0, rows.length).map((cells) => [cells[2], cells[6]])).toEqual(
      rows.map(({ task, event }) => [task.party.name, event.number]),
    );
  });
});
