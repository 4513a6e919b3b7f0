import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { filesOf } from "./files.ts";
import type { Problem } from "./problem.ts";
import { evaluate } from "./run.ts";

const folder = "renderer/text";
/** Key of a sentence → the sentence, by file of the catalogue. */
type Catalogue = Record<string, Record<string, string>>;

/** Both languages say the same things with the same gaps, and every error has its sentence. */
export async function checkTexts(root: string): Promise<Problem[]> {
  if (!existsSync(join(root, folder, "zh"))) return [{ file: folder, rule: "texts", text: "no Chinese catalogue" }];
  const [zh, en] = [await readCatalogue(root, "zh"), await readCatalogue(root, "en")];
  const problems: Problem[] = [];
  for (const name of new Set([...Object.keys(zh), ...Object.keys(en)])) {
    const pair = [
      { lang: "zh", other: "en", here: zh[name] ?? {}, there: en[name] ?? {} },
      { lang: "en", other: "zh", here: en[name] ?? {}, there: zh[name] ?? {} },
    ];
    for (const { lang, other, here, there } of pair) {
      const file = `${folder}/${lang}/${name}`;
      for (const [key, sentence] of Object.entries(here)) {
        if (sentence.trim() === "") problems.push({ file, rule: "texts empty", text: `${key} says nothing` });
        if (there[key] === undefined) {
          problems.push({
            file: `${folder}/${other}/${name}`,
            rule: "texts missing",
            text: `${key} is only in ${lang}`,
          });
        } else if (lang === "zh" && gapsOf(sentence) !== gapsOf(there[key])) {
          problems.push({ file, rule: "texts gaps", text: `${key} has other gaps in English: ${there[key]}` });
        }
      }
    }
  }
  return [...problems, ...(await errorsWithoutSentence(root, zh))];
}

/** Gaps without plural forms' repeats: `{count}` or `{{count}}`. */
const gapsOf = (sentence: string): string =>
  [...new Set([...sentence.matchAll(/\{+\s*(\w+)[^}]*\}+/g)].map((match) => match[1]))].sort().join(",");

async function readCatalogue(root: string, lang: string): Promise<Catalogue> {
  const files = filesOf(root, [`${folder}/${lang}`], /\.ts$/);
  const entries = files.map((file) => [file.slice(`${folder}/${lang}/`.length), pathToFileURL(join(root, file)).href]);
  return evaluate<Catalogue>(
    root,
    `const catalogue = {};
     for (const [name, url] of ${JSON.stringify(entries)}) catalogue[name] = (await import(url)).default;
     console.log(JSON.stringify(catalogue));`,
  );
}

async function errorsWithoutSentence(root: string, zh: Catalogue): Promise<Problem[]> {
  const url = pathToFileURL(join(root, "shared/errors.ts")).href;
  const ids = await evaluate<string[]>(
    root,
    `const { errorKinds } = await import(${JSON.stringify(url)}); console.log(JSON.stringify(Object.keys(errorKinds)));`,
  );
  const keys = new Set(Object.values(zh).flatMap((file) => Object.keys(file)));
  return ids
    .filter((id) => !keys.has(`error.${id}`))
    .map((id) => ({ file: `${folder}/zh/errors.ts`, rule: "texts error", text: `the error ${id} has no sentence` }));
}
