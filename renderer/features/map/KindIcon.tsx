import type { Asset } from "#shared/contract.ts";
import { iconAddress } from "./sprites.ts";

/** The icon of a kind in the colour of the text around it; without an icon, the first character of its name. */
export function KindIcon({ kind, name }: { kind: string; name: string }) {
  const address = iconAddress(kind, "#000");
  if (!address)
    return (
      <span className="map-kind-letter" aria-hidden="true">
        {name.slice(0, 1)}
      </span>
    );
  return <span className="map-kind-icon" aria-hidden="true" style={{ maskImage: `url("${address}")` }} />;
}

/** The outline that a status has on the map: round is well, a triangle is broken, a crossed ring is not heard from. */
export function StatusShape({ status }: { status: Asset["status"] }) {
  return (
    <svg className={`map-status-shape is-${status}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      {status === "ok" && <circle cx="7" cy="7" r="4.5" />}
      {status === "fault" && <path d="M7 1.5 13 12.5 1 12.5Z" />}
      {status === "offline" && <path d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M2.5 11.5l9-9" />}
    </svg>
  );
}
