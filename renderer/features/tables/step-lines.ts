import type { KeyboardEvent } from "react";

/** Up and down through the lines of a list: to the same button of the line before or after, or its first. */
export function stepLines(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const line = (event.target as HTMLElement).closest("li");
  if (by === 0 || event.altKey || event.ctrlKey || !line) return;
  const lines = [...event.currentTarget.querySelectorAll("li")].filter((one) => one.querySelector(":scope > p button"));
  const buttons = (one: Element | undefined) => [...(one?.querySelectorAll<HTMLElement>(":scope > p button") ?? [])];
  const place = buttons(line).indexOf(event.target as HTMLElement);
  const next = buttons(lines[lines.indexOf(line) + by]);
  event.preventDefault();
  (next[place] ?? next[0])?.focus();
}
