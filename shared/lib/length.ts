const unitMin: Readonly<Record<string, number>> = {
  天: 1440,
  日: 1440,
  d: 1440,
  小时: 60,
  时: 60,
  h: 60,
  分钟: 1,
  分: 1,
  m: 1,
  min: 1,
};

const figures = "零一二三四五六七八九";
/** `十`, `十五`, `二十`, `四十五`, `两`, `半`. */
function readFigures(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  if (text === "半") return 0.5;
  const [tens, ones] = text.includes("十") ? text.split("十") : ["零", text];
  const of = (one = "") => (one === "两" ? 2 : figures.indexOf(one));
  return (tens === "" ? 1 : of(tens)) * 10 + (ones === "" ? 0 : of(ones));
}

const count = "\\d{1,6}(?:\\.\\d{1,2})?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|半";
const length = new RegExp(`(${count})(个半|个)?(天|日|d|小时|时|h|分钟|分|min|m)`, "g");

/**
 * Minutes of a length as people type it: `3天`, `1天12小时`, `2h30m`, `1.5小时`, `半小时`, `两天`, `一个半小时`, `90`; NaN when it is
 * none or no whole minutes. `半天` is none: of a working day or of 24 hours?
 */
export function readLength(text: string): number {
  const plain = text.replace(/\s/g, "").toLowerCase();
  if (/^\d{1,6}$/.test(plain)) return Number(plain);
  const parts = [...plain.matchAll(length)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== plain) return Number.NaN;
  const min = parts.reduce((sum, [, figure = "", more, unit = ""]) => {
    // `半` and `个` go with hours alone.
    if ((figure === "半" || more) && unitMin[unit] !== 60) return Number.NaN;
    return sum + (readFigures(figure) + (more === "个半" ? 0.5 : 0)) * (unitMin[unit] ?? Number.NaN);
  }, 0);
  const whole = Math.round(min);
  return Math.abs(min - whole) < 1e-6 ? whole : Number.NaN;
}
