import { describe, expect, test } from "vitest";
import { proposalsOf, withAnswers } from "#core/sheets/mapping.ts";
import { readStaffFile, type StaffReading } from "#core/sheets/read-staff.ts";
import { noAnswers, officers, withFormula, workbook } from "./sheet.ts";

async function staff(bytes: Uint8Array, mapping = noAnswers, fileName = "人员.xlsx"): Promise<StaffReading> {
  const reading = await readStaffFile({ bytes, fileName, officers, mapping });
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  return reading.value;
}

describe("RO-25: staff lists", () => {
  test("a row without a name and a formula without its outcome are named by their cells", async () => {
    const book = await workbook({
      rows: [
        ["姓名", "职务", "人员类别", "电话"],
        ["孙悦", "值班员", "专职", "13800000001"],
        [null, "值班员", "专职", "13800000002"],
        [null, null, null, null],
        ["钱进", "值班员", "专职", null],
      ],
    });
    const reading = await staff(await withFormula(book, "D5", "D2"));
    expect(reading.people.map(({ name, phone }) => [name, phone])).toEqual([
      ["孙悦", "13800000001"],
      ["钱进", ""],
    ]);
    expect(reading.problems).toEqual([
      { code: "formula", cell: "D5", text: "=D2" },
      { code: "no_name", cell: "B3", text: "值班员" },
    ]);
  });

  test("name, role, pool, phone, post; a title, numbers, remarks; who is known is updated", async () => {
    const reading = await staff(
      await workbook({
        rows: [
          ["镇街治理中心值班人员花名册", null, null, null, null, null, null],
          ["序号", "姓名", "职务", "人员类别", "联系电话", "所属部门", "备注"],
          [1, "张建国", "带班领导", "轮岗干部", 13800000001, "党政办", null],
          [2, "李 明", "值班员", "专职", "138-0000-0002\n023-49800000", "应急办", "新"],
          [3, "孙悦", "值班长", "专职", "无", "应急办", null],
          ["备注:以上人员均已培训", null, null, null, null, null, null],
        ],
        merges: ["A1:G1", "A6:G6", "F4:F5"],
      }),
    );
    expect(reading.questions).toEqual([]);
    expect(reading.people).toEqual([
      {
        name: "张建国",
        grade: "leader",
        pool: "rotating",
        phone: "13800000001",
        post: "党政办",
        existingId: "zhang",
        cell: "B3",
      },
      {
        name: "李明",
        grade: "operator",
        pool: "full_time",
        phone: "138-0000-0002 / 023-49800000",
        post: "应急办",
        existingId: "li",
        cell: "B4",
      },
      {
        name: "孙悦",
        grade: "shift_leader",
        pool: "full_time",
        phone: "",
        post: "应急办",
        existingId: null,
        cell: "B5",
      },
    ]);
    expect(reading.problems).toEqual([{ code: "phone", cell: "E5", text: "无" }]);
    const cells = new Map(reading.sheets[0]?.cells.map((cell) => [cell.cell, cell]));
    expect(cells.get("A1")).toMatchObject({ as: "ignored", value: "title" });
    expect(cells.get("C3")).toMatchObject({ as: "grade", value: "leader" });
    expect(cells.get("A6")).toMatchObject({ as: "ignored", value: "remark" });
  });

  test("RO-26: titles and kinds that say nothing by themselves are asked once, and nobody is entered before", async () => {
    const bytes = await workbook({
      rows: [
        ["姓名", "职务", "身份", "手机"],
        ["孙悦", "副镇长", "公务员", 1],
        ["钱多", "科员", "公益性岗位", "13900000000"],
        ["吴用", "科员", "公务员", "13900000001"],
        ["吴用", "科员", "公务员", "13900000001"],
      ],
    });
    const first = await staff(bytes);
    expect(first.people).toEqual([]);
    expect(first.questions.map(({ id, proposal }) => [id, proposal])).toEqual([
      ["grade:副镇长", "leader"],
      ["pool:公务员", "rotating"],
      ["grade:科员", "operator"],
      ["pool:公益性岗位", "full_time"],
    ]);
    const mapping = withAnswers(noAnswers, { ...proposalsOf(first.questions), "grade:科员": "shift_leader" });
    const done = await staff(bytes, mapping);
    expect(done.questions).toEqual([]);
    expect(done.people.map(({ name, grade, pool }) => [name, grade, pool])).toEqual([
      ["孙悦", "leader", "rotating"],
      ["钱多", "shift_leader", "full_time"],
      ["吴用", "shift_leader", "rotating"],
    ]);
    expect(done.problems.map(({ code, text }) => `${code} ${text}`)).toEqual(["phone 1", "twice 吴用"]);
  });

  test("two lists side by side, sections, no column for the role: asked for the list as a whole", async () => {
    const bytes = await workbook({
      rows: [
        ["姓名", "电话", "姓名", "电话"],
        ["一、专职人员", null, null, null],
        ["孙悦", "6801", "钱多", "6802"],
        ["二、轮岗干部", null, null, null],
        ["吴用", "6803", null, null],
      ],
      merges: ["A2:D2", "A4:D4"],
    });
    const first = await staff(bytes);
    expect(first.questions.map(({ id }) => id)).toEqual(["grade:*"]);
    const done = await staff(bytes, withAnswers(noAnswers, { "grade:*": "operator" }));
    expect(done.people.map(({ name, pool, phone }) => [name, pool, phone])).toEqual([
      ["孙悦", "full_time", "6801"],
      ["钱多", "full_time", "6802"],
      ["吴用", "rotating", "6803"],
    ]);
  });

  test("as text with tabs in UTF-16, as WPS saves it", async () => {
    const lines = "姓名\t岗位\t类别\t电话\n孙悦\t值班长\t专职\t6801\n";
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines, "utf16le")]);
    const reading = await staff(bytes, noAnswers, "人员.txt");
    expect(reading.people).toMatchObject([{ name: "孙悦", grade: "shift_leader", pool: "full_time", phone: "6801" }]);
  });
});
