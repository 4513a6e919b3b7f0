import { useCallback, useMemo } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useText } from "#renderer/text/text.ts";
import { filterOf, layerRows, type Shown, shapeRows } from "./layers.ts";
import type { View } from "./leaflet-canvas.ts";
import type { MapBase } from "./MapStage.tsx";
import { askBounds, assetPins, boundsOf, eventPins, listOrder, within } from "./marks.ts";

const world = { west: -180, south: -90, east: 180, north: 90 };

/** What the map draws and lists for a view at rest: assets of the layers shown, open events, names of the kinds. */
export function useMapPins(base: MapBase, shown: Shown, view: View | undefined) {
  const language = usePage((page) => page.language);
  const tables = useDesk("system.tables", {});
  const street = useMemo(() => boundsOf(base.street) ?? world, [base]);
  // What lies beside the canvas waits for it: first when the place opens, and behind its tiles when something changes.
  const beside = { enabled: view !== undefined, unhurried: true } as const;
  const all = useDesk("asset.viewport", { ...street, zoom: 0 }, beside);
  const kinds = useMemo(() => tables.data?.assetKinds.rows ?? [], [tables.data]);
  const rows = useMemo(() => layerRows(kinds, all.data?.byKind ?? {}, shown), [kinds, all.data, shown]);
  const filter = useMemo(() => filterOf(rows, shown), [rows, shown]);
  const { nothing, ...passing } = filter;

  // The canvas asks for itself (tile-cache.ts); this is the list beside it, which no second view will ask for again.
  const asked = view ? { ...view.bounds, zoom: Math.floor(view.zoom), ...passing } : { ...street, zoom: 0 };
  const here = useDesk("asset.viewport", asked, {
    unhurried: true,
    enabled: view !== undefined && !nothing,
    keepMs: 0,
  });
  const events = useDesk("map.events", {});
  const marks = nothing || !view ? undefined : here.data?.marks;
  const open = shown.events ? events.data?.rows : undefined;
  const pins = useMemo(() => [...assetPins(marks ?? []), ...eventPins(open ?? [])], [marks, open]);
  const inView = useMemo(
    () =>
      view
        ? listOrder(
            pins.filter((pin) => within(view.bounds, pin.point)),
            view.centre,
          )
        : [],
    [pins, view],
  );

  const shapesHere = useDesk("asset.shapes", view ? askBounds(view.bounds) : street, beside);
  const totals = shapesHere.data?.totals;
  const lines = useMemo(() => shapeRows(kinds, totals ?? [], shown), [kinds, totals, shown]);
  const shapes = useMemo(() => {
    const on = new Set(lines.filter((row) => row.on).map((row) => row.kind.code));
    return (shapesHere.data?.shapes ?? []).filter(({ kind }) => on.has(kind));
  }, [shapesHere.data, lines]);

  const names = useMemo(() => new Map(kinds.map((kind) => [kind.code, kind.name[language]])), [kinds, language]);
  const t = useText();
  const nameOf = useCallback(
    (kind: string) => (kind === "" ? t("map.cluster.mixed") : (names.get(kind) ?? kind)),
    [names, t],
  );
  const letterOf = useCallback((kind: string) => (names.get(kind) ?? kind).slice(0, 1), [names]);
  return { street, kinds, rows, lines, shapes, all, events, filter, pins, inView, nameOf, letterOf };
}
