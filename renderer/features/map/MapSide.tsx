import type { ReactNode } from "react";
import { useHotkey } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { type Tool, toolKeys, tools, useMapTools } from "./map-tools.ts";

/** The side of the map: one tool at a time, each a key away. Its panels come when the map stands. */
export function MapSide({ panels }: { panels: Readonly<Record<Tool, ReactNode>> | undefined }) {
  const t = useText();
  const tool = useMapTools((map) => map.tool);
  const set = useMapTools((map) => map.set);
  return (
    <aside className="map-side">
      <div className="map-tabs" role="tablist" aria-label={t("map.tools")}>
        {tools.map((one) => (
          <ToolTab key={one} tool={one} on={one === tool} onChoose={() => set({ tool: one })} />
        ))}
      </div>
      <div className="map-tool" role="tabpanel" id="map-tool" aria-label={t(`map.tool.${tool}`)}>
        {panels?.[tool]}
      </div>
    </aside>
  );
}

function ToolTab({ tool, on, onChoose }: { tool: Tool; on: boolean; onChoose: () => void }) {
  const t = useText();
  const key = toolKeys[tool];
  const word = t(`map.tool.${tool}`);
  useHotkey(key, onChoose, { label: word });
  return (
    <button
      type="button"
      role="tab"
      aria-selected={on}
      aria-controls="map-tool"
      aria-keyshortcuts={key}
      className="map-tab"
      onClick={onChoose}
    >
      {word}
      <span className="key" aria-hidden="true">
        {key.toUpperCase()}
      </span>
    </button>
  );
}
