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

/** The outline that a status has on the map: round is well, a diamond is broken, a dashed square is not heard from. */
export function StatusShape({ status }: { status: Asset["status"] }) {
  return (
    <svg className={`map-status-shape is-${status}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      {status === "ok" && <circle cx="7" cy="7" r="4.5" />}
      {status === "fault" && <path d="M7 1.2 12.8 7 7 12.8 1.2 7Z" />}
      {status === "offline" && <rect x="2.5" y="2.5" width="9" height="9" />}
    </svg>
  );
}
