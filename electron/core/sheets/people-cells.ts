import type { SheetCell } from "./grid.ts";
import type { Meaning } from "./mapping.ts";
import type { Draft } from "./reading.ts";
import { shiftAndRole, squeeze } from "./words.ts";

/** Names of a cell; labels inside it (带班:张三 值班:李四) and roles behind names (张三(主班)) speak for them. */
export function readPeopleCell(
  cell: SheetCell,
  days: readonly string[],
  heading: string,
  draft: Draft,
  meaningOf: (heading: string) => Meaning | "skip" | undefined,
): void {
  const plain = squeeze(cell.text);
  if (/^[-/—无休]+$/.test(plain) || plain.length > 60) {
    draft.note(cell, "ignored", "nobody");
    return;
  }
  const seen = { known: [] as string[], unknown: [] as string[] };
  for (const { label, text } of labelledParts(cell.text, draft)) {
    const names = draft.book.read(text, draft.asking);
    const meaning = meaningOf(joined(heading, label, draft));
    if (meaning === undefined) {
      draft.note(cell, "unknown", "column");
      // Unknown names are asked in the same breath, so that one round of answers is enough.
      for (const part of names) if (part.officerId === undefined) draft.askName(part.text, cell);
      continue;
    }
    if (meaning === "skip") continue;
    const read = draft.people(cell, days, meaning, text);
    seen.known.push(...read.known);
    seen.unknown.push(...read.unknown);
  }
  draft.notePeople(cell, seen);
}

/** A label that says only the role keeps the shift of its heading, and the other way round. */
function joined(heading: string, label: string, draft: Draft): string {
  if (label === "") return heading;
  const [outer, inner] = [shiftAndRole(heading, draft.rules), shiftAndRole(label, draft.rules)];
  if (inner.shiftWord && inner.role) return label;
  if (inner.role) return outer.shiftWord && !outer.role ? `${heading} ${label}` : label;
  return inner.shiftWord && outer.role && !outer.shiftWord ? `${label} ${heading}` : label;
}

export function labelledParts(text: string, draft: Draft): { label: string; text: string }[] {
  const behind: { label: string; text: string }[] = [];
  const rest = text.replace(/([^\s、,;/()::]+)\s*\(([^()]{1,8})\)/g, (whole, name: string, inner: string) => {
    const says = shiftAndRole(inner, draft.rules);
    if (!says.role && !says.shift) return whole;
    behind.push({ label: inner, text: name });
    return " ";
  });
  const found = [...rest.matchAll(/(\p{Script=Han}{0,5}?(?:班|领导|长|员|岗|勤|人员|人|[白夜早中晚日]))\s*:/gu)];
  const parts = found.map((match, index) => ({
    label: match[1] ?? "",
    text: rest.slice((match.index ?? 0) + match[0].length, found[index + 1]?.index ?? rest.length),
  }));
  const before = rest.slice(0, found[0]?.index ?? rest.length);
  return [{ label: "", text: before }, ...parts, ...behind].filter((part) => /[^\s、,;/]/.test(part.text));
}
