import type { Asset, OutputOf } from "#shared/contract.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";

export const statuses = ["ok", "fault", "offline"] as const satisfies readonly Asset["status"][];

/** Which parts of the map are shown. Kinds are kept as what is hidden, so that a new kind is seen at once. */
export interface Shown {
  readonly hiddenKinds: readonly string[];
  readonly statuses: readonly Asset["status"][];
  readonly events: boolean;
  readonly communities: boolean;
  readonly grids: boolean;
}

export const allShown: Shown = {
  hiddenKinds: [],
  statuses,
  events: true,
  communities: true,
  grids: true,
};

export interface LayerRow {
  readonly kind: AssetKind;
  readonly count: number;
  readonly on: boolean;
}

/** Kinds of point that exist on this desk, most numerous first; a kind that no table names is still shown by its code. */
export function layerRows(
  kinds: readonly AssetKind[],
  byKind: Readonly<Record<string, number>>,
  shown: Shown,
): LayerRow[] {
  const known = new Map(kinds.map((kind) => [kind.code, kind]));
  return Object.entries(byKind)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({
      kind:
        known.get(code) ??
        ({ code, name: { zh: code, en: code }, geometry: "point", icon: "", group: "", fields: [] } as const),
      count,
      on: !shown.hiddenKinds.includes(code),
    }))
    .filter((row) => row.kind.geometry === "point")
    .sort((a, b) => b.count - a.count || a.kind.code.localeCompare(b.kind.code));
}

/** Grids and communities are the ground of the map and have switches of their own. */
const ground = ["grid", "community"];

export interface ShapeLayerRow extends LayerRow {
  /** What the legend adds up, such as kilometres. */
  readonly sum: number | null;
}

/** Kinds of line and area that exist on this desk, in the order of the table. */
export function shapeRows(
  kinds: readonly AssetKind[],
  totals: OutputOf<"asset.shapes">["totals"],
  shown: Shown,
): ShapeLayerRow[] {
  return kinds.flatMap((kind): ShapeLayerRow[] => {
    const total = totals.find((one) => one.kind === kind.code);
    if (!total || ground.includes(kind.code)) return [];
    return [{ kind, count: total.count, sum: total.sum, on: !shown.hiddenKinds.includes(kind.code) }];
  });
}

export const toggled = <T>(list: readonly T[], one: T): T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

/** The filter as `asset.viewport` wants it: nothing where all is shown. */
export function filterOf(
  rows: readonly LayerRow[],
  shown: Shown,
): { kinds?: string[]; statuses?: Asset["status"][]; nothing: boolean } {
  const on = rows.filter((row) => row.on).map((row) => row.kind.code);
  return {
    ...(on.length < rows.length ? { kinds: on } : {}),
    ...(shown.statuses.length < statuses.length ? { statuses: [...shown.statuses] } : {}),
    nothing: (rows.length > 0 && on.length === 0) || shown.statuses.length === 0,
  };
}
