import { useCallback, useMemo } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
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
  const all = useDesk("asset.viewport", { ...street, zoom: 0 });
  const kinds = useMemo(() => tables.data?.assetKinds.rows ?? [], [tables.data]);
  const rows = useMemo(() => layerRows(kinds, all.data?.byKind ?? {}, shown), [kinds, all.data, shown]);
  const { nothing, ...filter } = filterOf(rows, shown);

  const asked = view ? { ...askBounds(view.bounds), zoom: Math.floor(view.zoom), ...filter } : { ...street, zoom: 0 };
  const here = useDesk("asset.viewport", asked, { enabled: view !== undefined && !nothing });
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

  const shapesHere = useDesk("asset.shapes", view ? askBounds(view.bounds) : street);
  const totals = shapesHere.data?.totals;
  const lines = useMemo(() => shapeRows(kinds, totals ?? [], shown), [kinds, totals, shown]);
  const shapes = useMemo(() => {
    const on = new Set(lines.filter((row) => row.on).map((row) => row.kind.code));
    return (shapesHere.data?.shapes ?? []).filter(({ kind }) => on.has(kind));
  }, [shapesHere.data, lines]);

  const names = useMemo(() => new Map(kinds.map((kind) => [kind.code, kind.name[language]])), [kinds, language]);
  const nameOf = useCallback((kind: string) => names.get(kind) ?? kind, [names]);
  const letterOf = useCallback((kind: string) => (names.get(kind) ?? kind).slice(0, 1), [names]);
  return { street, kinds, rows, lines, shapes, all, events, pins, inView, nameOf, letterOf };
}
