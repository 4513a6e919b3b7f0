import type { ParsedOf } from "#shared/contract.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Answer, act, actTogether, type Desk, newId } from "../desk.ts";
import { viewOf } from "../queries/people.ts";
import { createSecret, writeSecret } from "../session/secret.ts";
import { noMapping, withAnswers } from "../sheets/mapping.ts";
import { rememberAnswers, rememberedMapping } from "../sheets/memory.ts";
import { readStaffFile, type StaffPerson, type StaffSource } from "../sheets/read-staff.ts";
import { readAll, readEntity } from "../store/entities.ts";

type Given = ParsedOf<"sheet.readStaff">;

/** Changes what is known of a person; their key and so their signatures stay. Errors: `session.unknown_officer`, OF-1's. */
export function editOfficer(desk: Desk, { id, ...part }: ParsedOf<"officer.edit">): Answer<"officer.edit"> {
  const officer = readEntity(desk.db, "officer", id);
  if (!officer) return fail(deskError("session.unknown_officer", undefined, "id"));
  // An administrator who retired themselves could never come back.
  if (id === desk.session.officer?.id && (part.active === false || (part.grade && part.grade !== "admin")))
    return fail(deskError("session.not_allowed"));
  const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
  const done = act(desk, "officer.put", { ...officer, ...(given as Partial<Officer>) });
  return done.ok ? ok({ officer: viewOf(done.value.state) }) : done;
}

const mostCells = 3000;

export async function readStaffSheet(desk: Desk, input: Given): Promise<Answer<"sheet.readStaff">> {
  const source = sourceOf(desk, input);
  const read = await readStaffFile(source);
  if (!read.ok) return read;
  const bare = await readStaffFile({ ...source, mapping: withAnswers(noMapping, input.answers) });
  let left = mostCells;
  return ok({
    sheets: read.value.sheets.map(({ sheet, cells }) => {
      const shown = cells.slice(0, Math.max(0, left)).map((cell) => ({ ...cell, text: cell.text.slice(0, 300) }));
      left -= shown.length;
      return { sheet, cells: shown, unshown: cells.length - shown.length };
    }),
    people: read.value.people.map((person) => ({ ...person, change: changeOf(desk, person) })),
    questions: read.value.questions.map(copied),
    recalled: (bare.ok ? bare.value.questions : []).flatMap((question) => {
      const answer = source.mapping.answers[question.id];
      return answer === undefined ? [] : [{ question: copied(question), answer }];
    }),
    problems: read.value.problems.slice(0, 200).map((problem) => ({ ...problem })),
  });
}

const copied = <T extends { readonly cells: readonly string[]; readonly choices: readonly string[] }>(question: T) => ({
  ...question,
  cells: [...question.cells],
  choices: [...question.choices],
});

/** RO-41. Errors: those of reading, `sheet.questions_open`, OF-1's. */
export async function takeStaffSheet(desk: Desk, input: Given): Promise<Answer<"sheet.takeStaff">> {
  const read = await readStaffFile(sourceOf(desk, input));
  if (!read.ok) return read;
  const { people, questions } = read.value;
  if (questions.length > 0) return fail(deskError("sheet.questions_open", { count: questions.length }));
  const fresh = people.filter((person) => changeOf(desk, person) === "new");
  // Keys are made before the transaction: each costs a tenth of a second.
  const made = await Promise.all(
    fresh.map(async (person) => {
      const pin = firstPin(desk);
      return { person, pin, ...(await createSecret(pin, desk.ports.randomBytes)) };
    }),
  );
  return actTogether(desk, (one): Result<{ added: { name: string; pin: string }[]; updated: number }, DeskError> => {
    for (const { person, secret, publicKey } of made) {
      const id = newId(desk.ports);
      writeSecret(desk.db, id, secret);
      const done = one("officer.put", { ...fieldsOf(person), id, active: true, publicKey });
      if (!done.ok) return done;
    }
    const changed = people.filter((person) => changeOf(desk, person) === "changed");
    for (const person of changed) {
      const officer = readEntity(desk.db, "officer", person.existingId ?? "");
      if (!officer) continue;
      const done = one("officer.put", merged(officer, person));
      if (!done.ok) return done;
    }
    rememberAnswers(desk.db, "staffMapping", input.answers);
    return ok({ added: made.map(({ person, pin }) => ({ name: person.name, pin })), updated: changed.length });
  });
}

/** Six digits of the desk's own random source; told once, to be changed by its owner. */
function firstPin(desk: Desk): string {
  for (;;) {
    const bytes = desk.ports.randomBytes(4);
    const value =
      ((bytes[0] ?? 0) * 2 ** 24 + (bytes[1] ?? 0) * 2 ** 16 + (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0)) % 1_000_000;
    const pin = String(value).padStart(6, "0");
    if (!/^(\d)\1+$/.test(pin) && !"0123456789".includes(pin) && !"9876543210".includes(pin)) return pin;
  }
}

const fieldsOf = ({ name, grade, pool, phone, post }: StaffPerson) => ({ name, grade, pool, phone, post });

/** What the list does not say stays as it is; nobody loses the rights of an administrator by a list. */
function merged(officer: Officer, person: StaffPerson): Officer {
  return {
    ...officer,
    active: true,
    grade: officer.grade === "admin" ? officer.grade : person.grade,
    pool: person.pool,
    phone: person.phone || officer.phone,
    post: person.post || officer.post,
  };
}

function changeOf(desk: Desk, person: StaffPerson): "new" | "changed" | "same" {
  const officer = person.existingId === null ? undefined : readEntity(desk.db, "officer", person.existingId);
  if (!officer) return "new";
  const after = merged(officer, person);
  return (["active", "grade", "pool", "phone", "post"] as const).some((field) => after[field] !== officer[field])
    ? "changed"
    : "same";
}

function sourceOf(desk: Desk, input: Given): StaffSource {
  return {
    bytes: Buffer.from(input.base64, "base64"),
    fileName: input.fileName,
    officers: readAll(desk.db, "officer"),
    mapping: withAnswers(rememberedMapping(desk.db, "staffMapping"), input.answers),
  };
}
