import "./files.css";
import { BasemapPanel } from "../ground/BasemapPanel.tsx";
import { ExportPanel } from "./ExportPanel.tsx";
import { useMapFiles } from "./files-store.ts";
import { ImportPanel } from "./ImportPanel.tsx";

/** Import, export and basemaps stand in the place of the side: the map beside them stays whole. */
export function MapFilePanel() {
  const panel = useMapFiles((files) => files.panel);
  if (panel === "import") return <ImportPanel />;
  if (panel === "export") return <ExportPanel />;
  return panel === "basemap" ? <BasemapPanel /> : null;
}
