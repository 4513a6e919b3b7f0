import type { Asset, AssetKind } from "#shared/contract.ts";

export const statuses = ["ok", "fault", "offline"] as const satisfies readonly Asset["status"][];

/** Which parts of the map are shown. Kinds are kept as what is hidden, so that a new kind is seen at once. */
export interface Shown {
  readonly hiddenKinds: readonly string[];
  readonly statuses: readonly Asset["status"][];
  readonly events: boolean;
  readonly communities: boolean;
  readonly grids: boolean;
  readonly fireRoads: boolean;
}

export const allShown: Shown = {
  hiddenKinds: [],
  statuses,
  events: true,
  communities: true,
  grids: true,
  fireRoads: true,
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
        known.get(code) ?? ({ code, name: { zh: code, en: code }, geometry: "point", icon: "", group: "" } as const),
      count,
      on: !shown.hiddenKinds.includes(code),
    }))
    .filter((row) => row.kind.geometry === "point")
    .sort((a, b) => b.count - a.count || a.kind.code.localeCompare(b.kind.code));
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
