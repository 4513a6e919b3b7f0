import i18next from "i18next";
import { useSyncExternalStore } from "react";
import { type Bilingual, bothNames, fill, type Language } from "#shared/lib/text.ts";

type Dictionary = Readonly<Record<string, string>>;
const files = {
  zh: import.meta.glob<{ default: Dictionary }>("./zh/*.ts", { eager: true }),
  en: import.meta.glob<{ default: Dictionary }>("./en/*.ts", { eager: true }),
};

/** Every sentence of one language, from the files of all features. */
export function dictionary(language: Language): Dictionary {
  return Object.assign({}, ...Object.values(files[language]).map((file) => file.default)) as Dictionary;
}

const words: Partial<Record<Language, Dictionary>> = {};

/** Starts the words. Gaps are written `{name}`, as in `shared`. */
export async function startText(language: Language): Promise<void> {
  words.zh = dictionary("zh");
  words.en = dictionary("en");
  await i18next.init({
    lng: language,
    fallbackLng: false,
    resources: { zh: { translation: words.zh }, en: { translation: words.en } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: "{", suffix: "}", escapeValue: false },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
}

export type Values = Readonly<Record<string, string | number>>;
export type Say = (id: string, values?: Values) => string;

export const languageNow = (): Language => (i18next.language === "en" ? "en" : "zh");

export const setLanguage = (language: Language): void => void i18next.changeLanguage(language);

/** A sentence in the present language, its gaps filled here: a screen says hundreds of them, a step dozens. */
export const sayId: Say = (id, values) => {
  const text = words[languageNow()]?.[id];
  if (text === undefined) return i18next.t(id, values as Record<string, string | number>);
  return values ? fill(text, values, "") : text;
};

const inZh: Say = (id, values) => sayId(id, values);
const inEn: Say = (id, values) => sayId(id, values);
function watch(watcher: () => void): () => void {
  i18next.on("languageChanged", watcher);
  return () => i18next.off("languageChanged", watcher);
}

/** The words of a screen, said anew when the language changes: `const t = useText(); t("queue.title")`. */
export const useText = (): Say => (useSyncExternalStore(watch, languageNow) === "zh" ? inZh : inEn);

/** The present language of a name that carries both. */
export const say = (both: Bilingual): string => both[languageNow()];

export const sayName = (row: Parameters<typeof bothNames>[0]): string => say(bothNames(row));
