import { timePattern } from "#shared/lib/work-time.ts";

/** A time as people type it: `9`, `9:30`, `0930`, `９：３０`, `9点半`; `null`: not understood. */
export function readTime(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .replace(/\s/gu, "")
    .replace(/[点时]半$/u, ":30")
    .replace(/[点时]/u, ":")
    .replace(/[:分]$/u, "");
  const [, hour, minute = "00"] = /^(\d{1,2})(?::?(\d{2}))?$/u.exec(plain) ?? [];
  if (hour === undefined) return null;
  const time = `${hour.padStart(2, "0")}:${minute}`;
  return timePattern.test(time) ? time : null;
}
