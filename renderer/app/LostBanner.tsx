import { useConnection } from "#renderer/bridge/use-desk.ts";
import { ErrorNote } from "#renderer/parts/index.ts";

/** Stands across the screen while the page has lost the core. */
export function LostBanner() {
  const connection = useConnection();
  if (connection.state === "up") return null;
  return (
    <div className="banner is-lost">
      <ErrorNote error={{ id: connection.errorId }} />
    </div>
  );
}
