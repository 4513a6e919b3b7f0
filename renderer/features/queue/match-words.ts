import { matchInitials } from "#renderer/parts/initials.ts";

/** Whether what was typed means this name: by its characters, by full pinyin or by initials, in order. */
export function matchesWords(typed: string, name: string, more: readonly string[] = []): boolean {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return true;
  if (name.toLowerCase().includes(wanted) || more.some((word) => word.includes(wanted))) return true;
  return /^[a-z ]+$/.test(wanted) && matchInitials(name, wanted, { continuous: true }) !== null;
}
