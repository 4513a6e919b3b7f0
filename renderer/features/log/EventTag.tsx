import { useDesk } from "#renderer/bridge/use-desk.ts";
import { titleText } from "#renderer/text/format.ts";

/** Number and title of an event, by id. */
export type KnownEvents = ReadonlyMap<string, { readonly number: string; readonly title: string }>;

const latest = 200;

/** The latest events in one question; what an older line speaks of is asked for when the line is on screen. */
export function useLatestEvents(): KnownEvents | undefined {
  const { data } = useDesk("event.list", { view: "all", sort: "newest", limit: latest });
  return data && new Map(data.rows.map((row) => [row.id, row]));
}

/** Which event a line of the log speaks of. */
export function EventTag({ id, known, named }: { id: string; known: KnownEvents | undefined; named: boolean }) {
  const near = known?.get(id);
  const far = useDesk("event.get", { id }, { enabled: known !== undefined && near === undefined, topics: ["event"] });
  const event = near ?? (far.data?.event.id === id ? far.data.event : undefined);
  if (!event) return null;
  return (
    <span className="soft log-event">
      <span className="figures">{event.number}</span> {!named && titleText(event.title)}
    </span>
  );
}
