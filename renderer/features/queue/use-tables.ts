import { useMemo } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import type { Tables } from "#shared/contract.ts";
import { gridsOf } from "./intake-form.ts";

/** A name longer than a party may have; grids of such a name cannot be sent out. */
const nameMost = 60;

/** The tables of the desk, the grids of the street among the parties: they are no table but areas of the map. */
export function useTables(): Tables | undefined {
  const { data: tables } = useDesk("system.tables", {});
  const areas = useDesk("map.base", {}).data?.areas;
  return useMemo(() => {
    if (!tables) return undefined;
    const grids = gridsOf(areas).map(({ community, grid }) => ({ kind: "grid" as const, name: `${community}${grid}` }));
    const rows = [...tables.parties.rows, ...grids.filter(({ name }) => name.length <= nameMost)];
    return { ...tables, parties: { ...tables.parties, rows } };
  }, [tables, areas]);
}
