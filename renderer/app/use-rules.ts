import { useDesk } from "#renderer/bridge/use-desk.ts";
import { setStrip } from "#renderer/parts/strip.ts";
import { setZone } from "#renderer/text/format.ts";

/** What the rule tables set for every screen: the zone of its times, the strip of the steps. */
export function useRules(isReady: boolean): void {
  const tables = useDesk("system.tables", {}, { enabled: isReady }).data;
  if (!tables) return;
  setZone(tables.roster.offsetMin);
  setStrip(tables.strip.rows);
}
