/** Settings of this PC's window, kept in localStorage: theme, language, sizes of panes. Nothing personal, nothing of the duty. */
const prefix = "zhishou.";

function read(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

export function loadSetting<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  const value = read(key);
  return allowed.find((one) => one === value) ?? otherwise;
}

export const loadText = (key: string, otherwise: string): string => read(key) ?? otherwise;

export function loadNumber(key: string, otherwise: number): number {
  const value = Number(read(key) ?? Number.NaN);
  return Number.isFinite(value) ? value : otherwise;
}

export function saveSetting(key: string, value: string | number): void {
  try {
    localStorage.setItem(prefix + key, String(value));
  } catch {
    // A full or forbidden storage only means that the window forgets its sizes.
  }
}
