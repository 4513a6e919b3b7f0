import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { type Bilingual, bothNames, fill, type Language } from "#shared/lib/text.ts";

/** Sentence by id. Gaps are written `{name}`, as in `shared`. */
export type Dictionary = Readonly<Record<string, string>>;

const files = import.meta.glob<{ default: Dictionary }>("./zh/*.ts", { eager: true });
const zh = Object.assign({}, ...Object.values(files).map((file) => file.default)) as Dictionary;

const spoken = createStore<{ readonly language: Language; readonly words: Dictionary }>(() => ({
  language: "zh",
  words: zh,
}));
let wanted: Language = "zh";

/** Every sentence of one language, from the files of all features. No start waits for the one that it does not speak. */
export const dictionary = async (language: Language): Promise<Dictionary> =>
  language === "zh" ? zh : (await import("./en.ts")).default;

/** From when this resolves on, everything is said in `language`. */
export async function setLanguage(language: Language): Promise<void> {
  wanted = language;
  const words = await dictionary(language);
  if (wanted === language) spoken.setState({ language, words });
}

export type Values = Readonly<Record<string, string | number>>;
export type Say = (id: string, values?: Values) => string;

export const languageNow = (): Language => spoken.getState().language;

/** A sentence in the present language, its gaps filled; one that is not there is said by its id. */
export const sayId: Say = (id, values) => {
  const text = spoken.getState().words[id];
  if (text === undefined) return id;
  return values ? fill(text, values, "") : text;
};

/** What goes to paper speaks Chinese, whatever the screen speaks. */
export const inChinese = (id: string): string => zh[id] ?? id;

const inZh: Say = (id, values) => sayId(id, values);
const inEn: Say = (id, values) => sayId(id, values);
/** The words of a screen, said anew when the language changes: `const t = useText(); t("queue.title")`. */
export const useText = (): Say => (useStore(spoken, ({ language }) => language) === "zh" ? inZh : inEn);

/** The present language of a name that carries both. */
export const say = (both: Bilingual): string => both[languageNow()];

export const sayName = (row: Parameters<typeof bothNames>[0]): string => say(bothNames(row));
