import type { Bilingual } from "#shared/lib/text.ts";

/** What an event is called whose words are not shown. */
export const sealedName: Bilingual = { zh: "涉密事件", en: "Confidential event" };
/** Stands in the place of its title, and on paper: a page says it in its own language. */
export const sealedTitle: string = sealedName.zh;
