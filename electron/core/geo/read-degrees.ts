/** What a cell says of one coordinate. `axis` where a letter or word names it; `metres` where it can be no degree. */
export interface Reading {
  readonly value: number;
  readonly axis?: "x" | "y";
  readonly style: "decimal" | "sexagesimal";
}

const compass: readonly [RegExp, "x" | "y", 1 | -1][] = [
  [/东经|^E|E$|^经度|LON/i, "x", 1],
  [/西经|^W|W$/i, "x", -1],
  [/北纬|^N|N$|^纬度|LAT/i, "y", 1],
  [/南纬|^S|S$/i, "y", -1],
];

/** Full-width signs made plain; every sign of degree, minute and second made one. */
function plain(text: string): string {
  return text
    .replace(/[º˚度]/g, "°")
    .normalize("NFKC")
    .replace(/''|′′|["”“〃]|秒/g, "″")
    .replace(/['’‘´`]|分/g, "′")
    .trim();
}

const number = String.raw`\d+(?:\.\d+)?`;
const named = new RegExp(`^(${number})°(?:(${number})′?)?(?:(${number})″?)?$`);
const apart = new RegExp(`^(\\d{1,3})([ :\\-])(\\d{1,2})(?:\\2(${number}))?$`);
const dotted = /^(\d{1,3})\.(\d{1,2})\.(\d{1,2}(?:\.\d+)?)$/;

/**
 * Reads one coordinate as people write it: `106.2083`, `106,2083`, `106°12′30″E`, `东经106度12分30秒`, `N29 21 10`,
 * `106.12.30`, `106°12.5′`, or metres. `undefined`: it is not one, and nothing is guessed.
 */
export function readCoordinate(text: string): Reading | undefined {
  if (text.length > 60) return undefined;
  // Nearly all of a million rows are plain.
  if (/^\d{1,8}(?:\.\d+)?$/.test(text)) return { value: Number(text), style: "decimal" };
  let rest = plain(text);
  let axis: "x" | "y" | undefined;
  let sign = 1;
  for (const [mark, side, turn] of compass) {
    if (!mark.test(rest)) continue;
    axis = side;
    sign = turn;
    rest = rest
      .replace(mark, "")
      .replace(/^[:：=]/, "")
      .trim();
    break;
  }
  if (/^[-+−]/.test(rest)) {
    if (rest[0] !== "+") sign = -sign;
    rest = rest.slice(1).trim();
  }
  const value = readParts(rest);
  return value && { value: sign * value.value, style: value.style, ...(axis ? { axis } : {}) };
}

function readParts(text: string): { value: number; style: Reading["style"] } | undefined {
  if (/^\d+(?:\.\d+)?°?$/.test(text) || /^\d+,\d+$/.test(text))
    return { value: Number(text.replace("°", "").replace(",", ".")), style: "decimal" };
  const close = text.replace(/\s*([°′″])\s*/g, "$1");
  const found = named.exec(close) ?? dotted.exec(close);
  const spaced = apart.exec(text.replace(/\s+/g, " "));
  const [degrees, minutes = "0", seconds = "0"] = found
    ? found.slice(1, 4)
    : spaced
      ? [spaced[1], spaced[3], spaced[4]]
      : [];
  if (degrees === undefined) return undefined;
  const [d, m, s] = [Number(degrees), Number(minutes), Number(seconds)];
  if (m >= 60 || s >= 60 || d > 180) return undefined;
  return { value: d + m / 60 + s / 3600, style: "sexagesimal" };
}

/** Reads a cell that holds both: `106.2083, 29.3527`, `29°21′10″N 106°12′30″E`, `POINT(106.2 29.3)`. East first unless it says otherwise. */
export function readPair(text: string): { x: Reading; y: Reading } | undefined {
  if (text.length > 120) return undefined;
  const bare = text
    .replace(/^\s*POINT\s*Z?\s*\(/i, "")
    .replace(/[()（）[\]]/g, " ")
    .trim();
  for (const parts of [bare.split(/[,，;；、/|]/), bare.split(/(?<=[NSEWnsew″"秒])\s+/), bare.split(/\s+/)]) {
    if (parts.length !== 2) continue;
    const [a, b] = parts.map((part) => readCoordinate(part));
    if (!a || !b || (a.axis && a.axis === b.axis)) continue;
    return a.axis === "y" || b.axis === "x" ? { x: b, y: a } : { x: a, y: b };
  }
  return undefined;
}
