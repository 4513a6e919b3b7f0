import type { Dictionary } from "./text.ts";

const files = import.meta.glob<{ default: Dictionary }>("./en/*.ts", { eager: true });

/** Every sentence in English, from the files of all features. */
export default Object.assign({}, ...Object.values(files).map((file) => file.default)) as Dictionary;
