/**
 * RFC 8785 for what a log may hold: objects, lists, strings, whole numbers, booleans and null. Written a second time on
 * purpose: the program that verifies shares nothing with the desk that wrote.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new Error("not a whole number");
    return String(value);
  }
  if (typeof value === "string") {
    if (/[\uD800-\uDFFF]/u.test(value)) throw new Error("half a character");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object") throw new Error("not JSON");
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${canonical(name)}:${canonical((value as Record<string, unknown>)[name])}`).join(",")}}`;
}

/** A line of an export is the canonical text of its value, byte for byte; `undefined`: it is not. */
export function readCanonical(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return canonical(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
