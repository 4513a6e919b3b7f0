/**
 * The one script of the page, as the browser gets it: every few seconds the parts that change come anew. A part in which
 * somebody types stays as it is and says so; without the script the page is whole, and as old as it was loaded.
 */
export const liveScript = `"use strict";
const everyMs = 4000;
const stale = document.getElementById("stale");

function busyIn(part) {
  const at = document.activeElement;
  const types = part.contains(at) && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  return types || part.querySelector("details[open]") !== null;
}

function replace(part, fresh) {
  const held = part.querySelector(".held");
  if (busyIn(part)) {
    if (held) held.hidden = false;
    return;
  }
  if (part.isEqualNode(fresh)) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.replaceWith(fresh);
  if (focused) document.getElementById(focused)?.focus();
}

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { "x-refresh": "1" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = fresh.getElementById(part.id);
      if (other) replace(part, document.adoptNode(other));
    }
    stale.hidden = true;
  } catch {
    stale.hidden = false;
  }
}

if (document.querySelector("[data-live]")) setInterval(refresh, everyMs);
`;
