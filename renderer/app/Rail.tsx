import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useHotkey } from "#renderer/parts/hotkeys.tsx";
import { Key } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { type PlaceRow, places } from "./places.tsx";
import { usePage } from "./store.ts";

const shown = (count: number) => (count > 99 ? "99+" : String(count));

/** The places, each with what it counts. */
export function Rail() {
  const t = useText();
  return (
    <nav className="rail" aria-label={t("rail.label")}>
      {places.map((place) => (
        <RailItem key={place.key} row={place} />
      ))}
    </nav>
  );
}

function RailItem({ row }: { row: PlaceRow }) {
  const t = useText();
  const here = usePage((page) => page.place === row.key);
  const goTo = usePage((page) => page.goTo);
  const now = useDesk("desk.now", {}).data;
  const counted = now && row.count?.(now);
  const Icon = row.icon;
  useHotkey(row.fkey, () => goTo(row.key), { label: t(row.label) });
  return (
    <button
      type="button"
      className={here ? "rail-item is-here" : "rail-item"}
      aria-current={here ? "page" : undefined}
      aria-keyshortcuts={row.fkey}
      onClick={() => goTo(row.key)}
    >
      <span className="rail-icon" aria-hidden="true">
        <Icon />
      </span>
      <span className="rail-label">{t(row.label)}</span>
      <Key name={row.fkey} />
      {counted && counted.count > 0 && (
        <span className={`rail-count is-${counted.tone}`} title={t(counted.about, { count: counted.count })}>
          <span aria-hidden="true">{shown(counted.count)}</span>
          <span className="sr-only">{t(counted.about, { count: counted.count })}</span>
        </span>
      )}
    </button>
  );
}
