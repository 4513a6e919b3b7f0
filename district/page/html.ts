/** Markup made by `html`. Nothing else makes it, so that what came from outside stands as text wherever it stands. */
class Made {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}
export type Markup = Made;

type Part = Markup | string | number | false | null | undefined | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
// What no document may hold, and what would turn the direction of the words around it.
const unseen = /(?![\t\n\r])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
const asText = (text: string): string =>
  text.replace(unseen, "\ufffd").replace(/[&<>"']/g, (sign) => entities[sign] as string);

function asMarkup(part: Part): string {
  if (part instanceof Made) return part.toString();
  if (Array.isArray(part)) return part.map(asMarkup).join("");
  if (part === null || part === undefined || part === false) return "";
  return asText(String(part));
}

const checked = new WeakSet<TemplateStringsArray>();

/** Every gap of an attribute stands between quotes: else its escaping would not hold it in. */
function checkQuotes(strings: TemplateStringsArray): void {
  if (checked.has(strings)) return;
  let [inTag, inQuotes] = [false, false];
  for (const text of strings.slice(0, -1)) {
    for (const sign of text) {
      if (sign === '"') inQuotes = inTag && !inQuotes;
      else if (sign === "<" && !inQuotes) inTag = true;
      else if (sign === ">" && !inQuotes) inTag = false;
    }
    if (inTag && !inQuotes && text.endsWith("=")) throw new Error("an attribute without quotes");
  }
  checked.add(strings);
}

/** A template whose gaps are escaped; a gap of an attribute stands between quotes. Throws where it does not: that is a bug. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  checkQuotes(strings);
  return new Made(strings.reduce((made, text, index) => made + asMarkup(parts[index - 1]) + text));
}
