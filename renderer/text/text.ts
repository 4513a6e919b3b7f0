import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { Bilingual, Language } from "#shared/lib/text.ts";

type Dictionary = Readonly<Record<string, string>>;
const files = {
  zh: import.meta.glob<{ default: Dictionary }>("./zh/*.ts", { eager: true }),
  en: import.meta.glob<{ default: Dictionary }>("./en/*.ts", { eager: true }),
};

/** Every sentence of one language, from the files of all features. */
export function dictionary(language: Language): Dictionary {
  return Object.assign({}, ...Object.values(files[language]).map((file) => file.default)) as Dictionary;
}

/** Starts the words. Gaps are written `{name}`, as in `shared`. */
export async function startText(language: Language): Promise<void> {
  await i18next.init({
    lng: language,
    fallbackLng: false,
    resources: { zh: { translation: dictionary("zh") }, en: { translation: dictionary("en") } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: "{", suffix: "}", escapeValue: false },
    showSupportNotice: false,
    react: { useSuspense: false },
  } as Parameters<typeof i18next.init>[0]);
}

export type Values = Readonly<Record<string, string | number>>;
export type Say = (id: string, values?: Values) => string;

export const languageNow = (): Language => (i18next.language === "en" ? "en" : "zh");

export const setLanguage = (language: Language): void => void i18next.changeLanguage(language);

/** The words of a screen: `const t = useText(); t("queue.title")`. */
export function useText(): Say {
  const { t } = useTranslation(undefined, { i18n: i18next });
  return t as unknown as Say;
}

/** The same outside a component. */
export const sayId: Say = (id, values = {}) => i18next.t(id, values as Record<string, string | number>);

/** The present language of a name that carries both. */
export const say = (both: Bilingual): string => both[languageNow()];
