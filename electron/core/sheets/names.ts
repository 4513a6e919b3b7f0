import { plainText } from "./grid.ts";
import type { Asking } from "./mapping.ts";

export interface Known {
  readonly id: string;
  readonly name: string;
}

/** A part of a cell: a person that is known, or a word that has to be asked. */
export interface NamePart {
  readonly text: string;
  /** `undefined`: unknown; `null`: an answer says that it is nobody. */
  readonly officerId: string | null | undefined;
}

const squeezeName = (text: string): string => plainText(text).replace(/[\s·.]+/g, "");

/** Finds officers by the names of real sheets: padded 李 明, with titles, phones and remarks in brackets, run together. */
export class NameBook {
  private readonly ids = new Map<string, string[]>();
  private readonly longest: number;
  readonly people: readonly Known[];

  constructor(people: readonly Known[]) {
    this.people = people;
    for (const { id, name } of people) {
      const key = squeezeName(name);
      this.ids.set(key, [...(this.ids.get(key) ?? []), id]);
    }
    this.longest = Math.max(0, ...[...this.ids.keys()].map((name) => name.length));
  }

  /** The one officer of a name; two of the same name are a question, not a choice. */
  find(text: string): string | undefined {
    const ids = this.ids.get(squeezeName(text));
    return ids?.length === 1 ? ids[0] : undefined;
  }

  /** Splits a cell into people. */
  read(text: string, asking: Asking): NamePart[] {
    const plain = plainText(text)
      .replace(/1\d{10}|\d{3,4}-?\d{7,8}/g, " ")
      .replace(/[((][^()()]*[))]/g, " ")
      .replace(/\s*(同志|主任|书记|镇长|副镇长|局长|科长|站长|队长|组长)(?=$|[\s、,,;;/])/g, "");
    return plain.split(/[、,,;;/\\|+&\n]|以及|和(?=\S{2,3}$)/).flatMap((part) => this.readPart(part.trim(), asking));
  }

  private readPart(part: string, asking: Asking): NamePart[] {
    if (part === "") return [];
    const whole = this.one(part, asking);
    if (whole) return [whole];
    const words = part.split(" ").filter(Boolean);
    const parts: NamePart[] = [];
    for (let from = 0; from < words.length; ) {
      // The longest run of words that is a name first: 李 明 王建国 is two people.
      let found: NamePart | undefined;
      let used = 0;
      for (let to = words.length; to > from && !found; to--) {
        found = this.one(words.slice(from, to).join(""), asking);
        used = to - from;
      }
      if (found) {
        parts.push(found);
        from += used;
        continue;
      }
      const word = words[from] ?? "";
      const together = this.cut(squeezeName(word));
      if (together) parts.push(...together);
      else {
        // Single characters that belong together: 赵 六 is one unknown name, not two.
        let text = word;
        while (text.length < 2 && words[from + 1] !== undefined && (words[from + 1]?.length ?? 0) === 1)
          text += words[++from];
        parts.push(this.one(text, asking) ?? { text, officerId: undefined });
      }
      from++;
    }
    return parts;
  }

  private one(text: string, asking: Asking): NamePart | undefined {
    const key = squeezeName(text);
    const answer = asking.answer("name", key);
    if (answer !== undefined) return { text: key, officerId: answer === "skip" ? null : answer };
    const officerId = this.find(key);
    return officerId === undefined ? undefined : { text: key, officerId };
  }

  /** Names without anything between them, if they can be cut in one way only. */
  private cut(text: string): NamePart[] | undefined {
    const ways = (from: number): NamePart[][] => {
      if (from === text.length) return [[]];
      const found: NamePart[][] = [];
      for (let length = 2; length <= this.longest && from + length <= text.length; length++) {
        const officerId = this.find(text.slice(from, from + length));
        if (officerId === undefined) continue;
        for (const rest of ways(from + length))
          found.push([{ text: text.slice(from, from + length), officerId }, ...rest]);
      }
      return found;
    };
    if (text.length < 4 || text.length > 40) return undefined;
    const all = ways(0);
    return all.length === 1 ? all[0] : undefined;
  }

  /** Officers whose names are near a word, nearest first: choices of the question, never an answer. */
  near(text: string): string[] {
    const key = squeezeName(text);
    const score = (name: string) => {
      const shared = [...name].filter((sign) => key.includes(sign)).length;
      return shared * 2 - Math.abs(name.length - key.length) + (name[0] === key[0] ? 1 : 0);
    };
    return this.people
      .map(({ id, name }) => ({ id, score: score(squeezeName(name)) }))
      .filter((one) => one.score >= 2)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, 8)
      .map(({ id }) => id);
  }
}

/** Whether a word could be a person's name in Chinese characters. */
export const looksLikeName = (text: string): boolean => /^\p{Script=Han}{2,4}$/u.test(squeezeName(text));
