import { matchInitials, useInitials } from "./initials.ts";

/** Text with what was searched marked in it: by its characters, or by the initials of their pinyin. */
export function Marked({ text, search }: { readonly text: string; readonly search: string | undefined }) {
  return search ? <Found text={text} search={search} /> : text;
}

function Found({ text, search }: { readonly text: string; readonly search: string }) {
  useInitials();
  const marked = markedAt(text, search);
  if (marked.size === 0) return text;
  const runs: { from: number; text: string; on: boolean }[] = [];
  for (let at = 0; at < text.length; at++) {
    const last = runs.at(-1);
    if (last && last.on === marked.has(at)) last.text += text[at];
    else runs.push({ from: at, text: text[at] ?? "", on: marked.has(at) });
  }
  return runs.map((run) => (run.on ? <mark key={run.from}>{run.text}</mark> : run.text));
}

/** Places of the characters that are marked. */
export function markedAt(text: string, search: string | undefined): Set<number> {
  const marked = new Set<number>();
  const lower = text.toLowerCase();
  for (const part of search?.trim().toLowerCase().split(/\s+/).filter(Boolean) ?? []) {
    let from = lower.indexOf(part);
    if (from < 0 && /^[a-z]{2,}$/.test(part))
      for (const at of matchInitials(text, part, { precision: "first", continuous: true }) ?? []) marked.add(at);
    for (; from >= 0; from = lower.indexOf(part, from + part.length))
      for (let at = from; at < from + part.length; at++) marked.add(at);
  }
  return marked;
}
