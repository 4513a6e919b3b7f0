import { useEffect, useRef } from "react";
import { useDraft } from "#renderer/bridge/use-draft.ts";
import { allShown, type Shown } from "./layers.ts";
import { useMapMemory } from "./map-view.ts";

/** Layers of the officer who is signed in, kept by the core: they come back at the next sign-in, on whatever shift. */
export function useKeptLayers(): void {
  const { kept, keep } = useDraft("map.layers");
  const shown = useMapMemory((map) => map.shown);
  const show = useMapMemory((map) => map.show);
  const read = useRef(false);
  useEffect(() => {
    if (kept === undefined || read.current) return;
    read.current = true;
    show(readShown(kept));
  }, [kept, show]);
  useEffect(() => {
    if (read.current) keep(JSON.stringify(shown));
  }, [shown, keep]);
}

/** Reads kept layers; what cannot be read is as at first. */
export function readShown(value: string | null): Shown {
  try {
    const kept = JSON.parse(value ?? "{}") as Partial<Shown> | null;
    const strings = (list: unknown): list is string[] =>
      Array.isArray(list) && list.every((one) => typeof one === "string");
    return {
      ...allShown,
      ...(strings(kept?.hiddenKinds) ? { hiddenKinds: kept.hiddenKinds } : {}),
      ...(strings(kept?.statuses)
        ? { statuses: allShown.statuses.filter((status) => kept?.statuses?.includes(status)) }
        : {}),
      ...Object.fromEntries(
        (["events", "communities", "grids"] as const).flatMap((key) =>
          typeof kept?.[key] === "boolean" ? [[key, kept[key]]] : [],
        ),
      ),
    };
  } catch {
    return allShown;
  }
}
