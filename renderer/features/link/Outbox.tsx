import { App as AntApp } from "antd";
import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { askAgain, useAct, useDesk } from "#renderer/bridge/use-desk.ts";
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
import { reasonText } from "#renderer/text/error-text.ts";
import { whenText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OutboxItem } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

const most = 500;

/** Every record of this desk and where it stands: what needs a person, what waits, what is confirmed. */
export function Outbox() {
  const t = useText();
  const now = useMinute();
  const { data, error, again } = useDesk("link.outbox", { limit: most });
  const [chosenId, setChosenId] = useState<string | null>(null);
  const items = data?.items ?? [];
  const chosen = items.find(({ opId }) => opId === chosenId) ?? items.find(({ sync }) => sync.state === "refused");
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
      <strong className="one-line">{event.title}</strong>
      <StateTag state={event.state} />
    </p>
  );
}

/** The whole sentence of one item; a refused one with its reason and the two ways out. */
function Chosen({ item }: { item: OutboxItem }) {
  const t = useText();
  const { modal } = AntApp.useApp();
  const { selectEvent, goTo } = usePage();
  const { act, busy } = useAct("link.settle");
  const [refusal, setRefusal] = useState<DeskError>();
  const settle = async (how: "again" | "drop") => {
    const outcome = await act({ opId: item.opId, how });
    if (outcome.ok) await askAgain("link.outbox", "link.status", "desk.now");
    else setRefusal(outcome.error);
  };
  const drop = () =>
    void modal.confirm({
      title: t("link.drop.ask"),
      content: t("link.drop.about", { text: say(item.text) }),
      okText: t("link.drop"),
      cancelText: t("parts.cancel"),
      autoFocusButton: "cancel",
      onOk: () => settle("drop"),
    });
  const isRefused = item.sync.state === "refused";
  return (
    <div className={isRefused ? "outbox-chosen is-refused" : "outbox-chosen"}>
      {item.eventId !== null && <About eventId={item.eventId} />}
      <p>{say(item.text)}</p>
      {isRefused && item.refusal ? (
        <p>{t("sync.refused.long", { reason: reasonText(item.refusal.errorId, item.refusal.params) })}</p>
      ) : (
        <SyncMark sync={item.sync} />
      )}
      {isRefused && <p className="soft">{t("link.settle.about")}</p>}
      {refusal && <ErrorNote error={refusal} />}
      <div className="outbox-actions">
        {isRefused && (
          <>
            <Button tone="next" hotkey="a" keyLabel={t("link.again")} disabled={busy} onPress={() => settle("again")}>
              {t("link.again")}
            </Button>
            <Button tone="grave" disabled={busy} onPress={drop}>
              {t("link.drop")}
            </Button>
          </>
        )}
        {item.eventId !== null && (
          <Button
            onPress={() => {
              selectEvent(item.eventId);
              goTo("queue", { eventId: item.eventId ?? "" });
            }}
          >
            {t("link.open_event")}
          </Button>
        )}
      </div>
    </div>
  );
}
