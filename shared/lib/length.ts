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

/** Minutes of a length as people type it: `3天`, `1天12小时`, `2h30m`, `90`; NaN when it is none. */
export function readLength(text: string): number {
  const plain = text.replace(/\s/g, "").toLowerCase();
  if (/^\d{1,6}$/.test(plain)) return Number(plain);
  const parts = [...plain.matchAll(/(\d{1,6})(天|日|d|小时|时|h|分钟|分|min|m)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== plain) return Number.NaN;
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitMin[unit] ?? Number.NaN), 0);
}
