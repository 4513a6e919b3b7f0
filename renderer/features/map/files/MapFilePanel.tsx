import "./files.css";
import { BasemapPanel } from "../ground/BasemapPanel.tsx";
import { ExportPanel } from "./ExportPanel.tsx";
import { useMapFiles } from "./files-store.ts";
import { ImportPanel } from "./ImportPanel.tsx";

/** Import, export and basemaps lie over the side of the map, so that the map stays in view. */
export function MapFilePanel() {
  const panel = useMapFiles((files) => files.panel);
  if (panel === "import") return <ImportPanel />;
  if (panel === "export") return <ExportPanel />;
  return panel === "basemap" ? <BasemapPanel /> : null;
}
