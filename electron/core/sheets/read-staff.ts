import { type Grade, grades, type Officer } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { addressOf, type Grid, type SheetCell } from "./grid.ts";
import { Asking, type Question, type SheetMapping } from "./mapping.ts";
import { openSheets } from "./open-file.ts";
import type { CellReading, ReadAs } from "./reading.ts";
import { isRemark, squeeze } from "./words.ts";

export interface StaffSource {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** Officers of the desk: a person of the same name is updated, not entered twice. */
  readonly officers: readonly { readonly id: string; readonly name: string }[];
  readonly mapping: SheetMapping;
}

export interface StaffPerson extends Pick<Officer, "name" | "grade" | "pool" | "phone" | "post"> {
  readonly existingId: string | null;
  readonly cell: string;
}

export interface StaffReading {
  readonly sheets: readonly { readonly sheet: string; readonly cells: readonly CellReading[] }[];
  readonly people: readonly StaffPerson[];
  readonly questions: readonly Question[];
  readonly problems: readonly StaffProblem[];
}

interface StaffProblem {
  readonly code: "twice" | "phone" | "formula" | "no_name";
  readonly cell: string;
  readonly text: string;
}

type Use = "name" | "grade" | "pool" | "phone" | "post" | "ignored";

const headings: readonly (readonly [RegExp, Use])[] = [
  [/^(姓名|名字|人员姓名|值班人员|人员|name)$/i, "name"],
  [/^(职务|角色|值班角色|值班岗位|职务\/岗位|岗位职务|级别|role|title)$/i, "grade"],
  [/^(人员类别|类别|人员性质|性质|身份|编制|人员类型|类型|队伍|pool)$/i, "pool"],
  [/电话|手机|联系方式|号码|phone|mobile|tel/i, "phone"],
  [/^(部门|单位|科室|工作单位|所属部门|所在部门|板块|岗位|工作岗位|post)$/i, "post"],
  [/^(序号|编号|备注|性别|年龄|说明|no\.?|#)$/i, "ignored"],
];
const useOf = (text: string): Use | undefined => headings.find(([pattern]) => pattern.test(squeeze(text)))?.[1];

/** RO-25: words that say a grade or a pool by themselves; other titles are asked, with a suggestion. */
function gradeOf(text: string): Grade | undefined {
  const plain = squeeze(text);
  if (/^(带班领导|领导带班|值班领导)$/.test(plain)) return "leader";
  if (/^(值班长|值长|班长)$/.test(plain)) return "shift_leader";
  if (/^(专职)?(值班员|值守员|主班|副班|主班值班员|副班值班员)$/.test(plain)) return "operator";
  return plain === "管理员" ? "admin" : grades.find((grade) => grade === plain);
}
function poolOf(text: string): Officer["pool"] | undefined {
  const plain = squeeze(text);
  if (/专职|全职|full_time/.test(plain)) return "full_time";
  return /轮岗|轮值|轮班|rotating/.test(plain) ? "rotating" : undefined;
}
const gradeGuess = (text: string): Grade =>
  /书记|镇长|主任|领导|主席|部长|委员/.test(text)
    ? "leader"
    : /科长|所长|站长|队长|组长|负责人/.test(text)
      ? "shift_leader"
      : "operator";
const poolGuess = (text: string): string =>
  /干部|机关|抽|挂职|公务员|事业|行政/.test(text) ? "rotating" : "full_time";

/** Reads a staff list: errors of `openSheets`, and `sheet.no_staff`. Only reads; who is entered is decided afterwards. */
export async function readStaffFile(source: StaffSource): Promise<Result<StaffReading, DeskError>> {
  const opened = await openSheets(source.bytes, source.fileName);
  if (!opened.ok) return opened;
  const sheets = opened.value.filter(({ hidden }) => !hidden).map((grid) => new StaffDraft(grid, source));
  if (!sheets.some(({ found }) => found)) return fail(deskError("sheet.no_staff"));
  const questions = new Map(sheets.flatMap(({ asking }) => asking.questions.map((one) => [one.id, one] as const)));
  const people = new Map<string, StaffPerson>();
  const problems = sheets.flatMap((sheet) => sheet.problems);
  for (const person of sheets.flatMap((sheet) => sheet.people)) {
    const before = people.get(person.name);
    if (before === undefined) people.set(person.name, person);
    else problems.push({ code: "twice", cell: person.cell, text: person.name });
  }
  return ok({
    sheets: sheets.map(({ grid, cells }) => ({ sheet: grid.name, cells: [...cells.values()] })),
    people: [...people.values()],
    questions: [...questions.values()],
    problems,
  });
}

class StaffDraft {
  readonly grid: Grid;
  readonly asking: Asking;
  readonly cells = new Map<string, CellReading>();
  readonly people: StaffPerson[] = [];
  readonly problems: StaffProblem[] = [];
  found = false;
  private readonly officers: StaffSource["officers"];

  constructor(grid: Grid, { mapping, officers }: StaffSource) {
    this.grid = grid;
    this.asking = new Asking(mapping, grid.name);
    this.officers = officers;
    for (const cell of grid.unsolved) {
      this.problems.push({ code: "formula", cell: addressOf(cell), text: cell.text });
      this.note(cell, "unknown", "formula");
    }
    let groups: Map<Use, number>[] = [];
    let section: { grade?: Grade | undefined; pool?: Officer["pool"] | undefined } = {};
    for (let row = 1; row <= grid.rows; row++) {
      const cells = grid.row(row);
      if (cells.length === 0) continue;
      const heads = this.readHeadings(cells);
      if (heads.length > 0) {
        groups = heads;
        this.found = true;
        section = {};
        continue;
      }
      const own = grid.ownCells(row);
      const words = own[0]?.text ?? "";
      if (groups.length === 0 || isRemark(words)) {
        for (const cell of own) this.note(cell, "ignored", groups.length === 0 ? "title" : "remark");
      } else if (
        own.length === 1 &&
        groups.every(
          (group) => grid.at(row, group.get("name") ?? 0)?.text === words || !grid.at(row, group.get("name") ?? 0),
        )
      ) {
        // A line over the list that says who follows: 轮岗干部.
        const bare = words.replace(/^[一二三四五六七八九十\d]+[、.]/, "").replace(/[((].*[))]/, "");
        section = { grade: gradeOf(bare), pool: poolOf(bare) };
        for (const cell of own)
          this.note(
            cell,
            section.grade || section.pool ? "pool" : "ignored",
            section.grade ?? section.pool ?? "heading",
          );
      } else for (const group of groups) this.readPerson(row, group, section);
    }
    for (const cell of grid.cells())
      if (!this.cells.has(cell.merged ?? addressOf(cell))) this.note(cell, "ignored", "outside");
  }

  private note(cell: SheetCell, as: ReadAs, value: string): void {
    const address = cell.merged ?? addressOf(cell);
    this.cells.set(address, { cell: address, text: cell.text, as, value });
  }

  /** A row with 姓名 and at least one more known heading; two lists side by side have 姓名 twice. */
  private readHeadings(cells: readonly SheetCell[]): Map<Use, number>[] {
    const uses = cells.map((cell) => ({ cell, use: useOf(cell.text) }));
    if (!uses.some(({ use }) => use === "name") || uses.filter(({ use }) => use !== undefined).length < 2) return [];
    const starts = uses.flatMap(({ use }, index) => (use === "name" ? [index] : []));
    const groups: Map<Use, number>[] = starts.map(() => new Map());
    for (const [index, { cell, use }] of uses.entries()) {
      this.note(cell, "ignored", use === undefined || use === "ignored" ? "outside" : "heading");
      // Headings before the first 姓名 (部门, 序号) belong to the list that follows them.
      const behind = starts.findLastIndex((start) => start <= index);
      const next = starts.findIndex((start) => start > index);
      const leads = use === "post" || use === "pool" || use === "grade";
      const group = behind < 0 || (leads && groups[behind]?.has(use) && next >= 0) ? groups[next] : groups[behind];
      if (use && use !== "ignored" && group && !group.has(use)) group.set(use, cell.col);
    }
    return groups;
  }

  private readPerson(
    row: number,
    group: ReadonlyMap<Use, number>,
    section: { grade?: Grade | undefined; pool?: Officer["pool"] | undefined },
  ): void {
    const cellOf = (use: Use) => {
      const col = group.get(use);
      return col === undefined ? undefined : this.grid.at(row, col);
    };
    const nameCell = cellOf("name");
    if (!nameCell) {
      // Columns of this list alone: another list may stand beside it.
      const first = [...group.values()].flatMap((col) => this.grid.at(row, col) ?? [])[0];
      if (first && first.merged === undefined) {
        this.problems.push({ code: "no_name", cell: addressOf(first), text: first.text });
        this.note(first, "unknown", "no_name");
      }
      return;
    }
    const name = squeeze(nameCell.text).replace(/[((].*[))]$/, "");
    if (name === "" || name.length > 20 || /\d/.test(name)) {
      this.note(nameCell, "unknown", "name");
      return;
    }
    const postCell = cellOf("post");
    // 岗位 often says the role at the desk; a post that is none stays a post.
    const titled = cellOf("grade") ?? (postCell && gradeOf(postCell.text) ? postCell : undefined);
    const grade = this.decided("grade", titled, gradeOf, gradeGuess, section.grade, nameCell);
    const pool = this.decided("pool", cellOf("pool"), poolOf, poolGuess, section.pool, nameCell);
    const phoneCell = cellOf("phone");
    const phone = phoneCell ? this.phone(phoneCell) : "";
    if (postCell && postCell !== titled) this.note(postCell, "post", postCell.text.slice(0, 60));
    this.note(nameCell, "person", name);
    if (!grade || !pool) return;
    const existing = this.officers.filter((officer) => squeeze(officer.name) === name);
    this.people.push({
      name,
      grade: grade as Grade,
      pool: pool as Officer["pool"],
      phone,
      post: postCell?.text.slice(0, 60) ?? "",
      existingId: existing.length === 1 ? (existing[0]?.id ?? null) : null,
      cell: addressOf(nameCell),
    });
  }

  /** What a title or a kind of staff means: by itself, by an answer, by the section it stands in; else asked. */
  private decided(
    kind: "grade" | "pool",
    cell: SheetCell | undefined,
    certain: (text: string) => string | undefined,
    guess: (text: string) => string,
    section: string | undefined,
    nameCell: SheetCell,
  ): string | undefined {
    // Without a column of its own the whole list is asked once, under `*`.
    const word = cell ? squeeze(cell.text) : "*";
    const choices: readonly string[] = kind === "grade" ? grades : ["full_time", "rotating"];
    const answer = this.asking.answer(kind, word);
    const value =
      (answer && choices.includes(answer) ? answer : undefined) ??
      (cell ? certain(word) : undefined) ??
      (cell ? undefined : section);
    if (value === undefined) this.asking.ask(kind, word, addressOf(cell ?? nameCell), choices, guess(word));
    if (cell) this.note(cell, value === undefined ? "unknown" : kind, value ?? kind);
    return value;
  }

  private phone(cell: SheetCell): string {
    const numbers = cell.text
      .split(/[\n/、,;\s]+/)
      .map((part) => part.replace(/[^\d+*#-]/g, ""))
      .filter(Boolean);
    const phone = numbers.join(" / ").slice(0, 30);
    const good = numbers.length > 0 && numbers.every((one) => one.replace(/\D/g, "").length >= 3 && one.length <= 18);
    if (!good) this.problems.push({ code: "phone", cell: addressOf(cell), text: cell.text });
    this.note(cell, good ? "phone" : "unknown", good ? phone : "phone");
    return good ? phone : "";
  }
}
