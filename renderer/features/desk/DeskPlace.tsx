import { useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote } from "#renderer/parts/index.ts";
import { CarryPane } from "./CarryPane.tsx";
import { Counts } from "./Counts.tsx";
import { LinkPane } from "./LinkPane.tsx";
import { Needs } from "./Needs.tsx";
import { PeoplePane } from "./PeoplePane.tsx";
import { TimePane } from "./TimePane.tsx";
import { WarningPane } from "./WarningPane.tsx";

/** Home: what needs me now, and beside it the shifts, the warnings and the link. */
export function DeskPlace() {
  const { data: now, error, again } = useDesk("desk.now", {});
  if (!now) return error ? <ErrorNote error={error} again={again} /> : null;
  return (
    <div className="desk">
      <div className="desk-main">
        <Counts counts={now.counts} />
        <Needs rows={now.needs} />
        <TimePane now={now} />
      </div>
      <div className="desk-side">
        <PeoplePane now={now} />
        <CarryPane />
        <WarningPane warnings={now.warnings} />
        <LinkPane />
      </div>
    </div>
  );
}
