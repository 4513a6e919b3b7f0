import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import {
  Button,
  EmptyState,
  ErrorNote,
  Pane,
  StateTag,
  SyncMark,
  useMinute,
  VirtualRows,
} from "#renderer/parts/index.ts";
import { titleText, whenText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OutboxItem } from "#shared/contract.ts";
import { ConflictCard } from "./ConflictCard.tsx";

const most = 500;

/** Every record of this desk and where it stands: what needs a person, what waits, what is confirmed. */
export function Outbox() {
  const t = useText();
  const now = useMinute();
  const { data, error, again } = useDesk("link.outbox", { limit: most });
  const [chosenId, setChosenId] = useState<string | null>(null);
  const items = data?.items ?? [];
  /** The event that brought us here, from its refused mark. */
  const askedEvent = usePage((page) => page.args.eventId);
  const refused = items.filter(({ sync }) => sync.state === "refused");
  const chosen =
    items.find(({ opId }) => opId === chosenId) ??
    refused.find(({ eventId }) => eventId !== null && eventId === askedEvent) ??
    refused[0];
  return (
    <Pane title={t("link.outbox")} flush className="outbox">
      {error && <ErrorNote error={error} again={again} />}
      {chosen && <Chosen key={chosen.opId} item={chosen} />}
      <VirtualRows
        rows={items}
        rowKey={(item) => item.opId}
        label={t("link.outbox")}
        selectedKey={chosen?.opId ?? null}
        onSelect={(item) => setChosenId(item.opId)}
        rowClass={(item) => (item.sync.state === "refused" ? "is-refused" : "")}
        head={
          <div className="outbox-row">
            <span>{t("link.col.seq")}</span>
            <span>{t("link.col.at")}</span>
            <span>{t("link.col.text")}</span>
            <span>{t("link.col.sync")}</span>
          </div>
        }
        empty={data && <EmptyState title={t("link.outbox.empty")}>{t("link.outbox.empty.about")}</EmptyState>}
        row={(item) => (
          <div className="outbox-row">
            <span className="figures soft">{item.seq}</span>
            <span className="figures soft">{whenText(item.at, now)}</span>
            <span className="one-line">{say(item.text)}</span>
            <SyncMark sync={item.sync} short />
          </div>
        )}
      />
    </Pane>
  );
}

/** The event that the item belongs to, as it stands here now. */
function About({ eventId }: { eventId: string }) {
  const event = useDesk("event.get", { id: eventId }).data?.event;
  if (event?.id !== eventId) return null;
  return (
    <p className="outbox-about">
      <span className="figures soft">{event.number}</span>
      <strong className="one-line">{titleText(event.title)}</strong>
      <StateTag state={event.state} />
    </p>
  );
}

/** The whole sentence of one item, with the proof of its receipt; a refused one with its card. */
function Chosen({ item }: { item: OutboxItem }) {
  const t = useText();
  const { selectEvent, goTo } = usePage();
  const isRefused = item.sync.state === "refused";
  return (
    <div className={isRefused ? "outbox-chosen is-refused" : "outbox-chosen"}>
      {item.eventId !== null && <About eventId={item.eventId} />}
      {isRefused ? (
        <ConflictCard item={item} />
      ) : (
        <>
          <p>{say(item.text)}</p>
          <SyncMark sync={item.sync} />
          {item.eventId !== null && (
            <div className="outbox-actions">
              <Button
                onPress={() => {
                  selectEvent(item.eventId);
                  goTo("queue", { eventId: item.eventId ?? "" });
                }}
              >
                {t("link.open_event")}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}
