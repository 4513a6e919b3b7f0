import { useEffect, useRef, useState } from "react";
import { Key, useHotkey, VirtualRows, type VirtualRowsHandle } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import { carryOf, reviewItems, unseenOf, type Written } from "./draft.ts";
import { ReviewDetail } from "./ReviewDetail.tsx";
import { ReviewRow } from "./ReviewRow.tsx";
import { useOpenEvent } from "./use-open-event.ts";

interface Props {
  readonly draft: HandoverDraft;
  readonly written: Written;
  readonly onChange: (next: Partial<Written>) => void;
}

/** HO-6: everything that the next shift must know of, gone through one by one: space says seen and goes on. */
export function ReviewList({ draft, written, onChange }: Props) {
  const t = useText();
  const items = reviewItems(draft);
  const unseen = new Set(unseenOf(draft, written));
  const [chosen, setChosen] = useState<string>();
  const list = useRef<VirtualRowsHandle>(null);
  const note = useRef<HTMLInputElement>(null);
  const at = Math.max(
    0,
    items.findIndex(({ key }) => key === (chosen ?? items.find((one) => unseen.has(one.key))?.key)),
  );
  const item = items[at];
  const openEvent = useOpenEvent();

  useEffect(() => {
    // The keys work at once; whoever types is left where they are.
    if (document.activeElement === document.body) list.current?.focus();
  }, []);

  const noteOf = (key: string): string => written.seen[key]?.note ?? "";
  const see = (words = item ? noteOf(item.key) : "", carryOver = written.carryOver) => {
    if (!item) return;
    setChosen(item.key);
    onChange({ seen: { ...written.seen, [item.key]: { stamp: item.stamp, note: words } }, carryOver });
  };
  const goOn = () => {
    const later = items.slice(at + 1).find(({ key }) => unseen.has(key));
    const next = later ?? items.find(({ key }) => unseen.has(key) && key !== item?.key) ?? items[at + 1] ?? item;
    if (!next) return;
    setChosen(next.key);
    list.current?.scrollTo(items.indexOf(next));
    list.current?.focus();
  };
  const carried = (key: string): boolean => {
    const eventId = items.find((one) => one.key === key)?.event?.eventId;
    return eventId !== undefined && written.carryOver.some((one) => one.eventId === eventId);
  };
  const carry = () => {
    if (!item || carried(item.key)) return;
    see(noteOf(item.key), [...written.carryOver, carryOf(item, draft.record, noteOf(item.key))]);
    goOn();
  };
  useHotkey(
    hotkeys.review.seen,
    () => {
      see();
      goOn();
    },
    { label: t("handover.review.seen") },
  );
  useHotkey(hotkeys.review.note, () => note.current?.focus(), { label: t("handover.review.note") });
  useHotkey(hotkeys.review.carry, carry, { label: t("handover.review.carry") });

  if (items.length === 0) return <p className="handover-words handover-empty">{t("handover.review.none")}</p>;
  return (
    <div className="review">
      <VirtualRows
        handle={list}
        rows={items}
        rowKey={({ key }) => key}
        label={t("handover.part.review")}
        selectedKey={item?.key ?? null}
        onSelect={({ key }) => setChosen(key)}
        onOpen={({ event, line }) => openEvent(event?.eventId ?? line?.eventId ?? null)}
        rowHeight={34}
        rowClass={({ key }) => (unseen.has(key) ? "" : "is-seen")}
        head={<ReviewHead />}
        row={(one) => (
          <ReviewRow item={one} seen={!unseen.has(one.key)} note={noteOf(one.key)} carried={carried(one.key)} />
        )}
      />
      {item && (
        <ReviewDetail
          key={item.key}
          item={item}
          note={noteOf(item.key)}
          field={note}
          onNote={(words) => see(words)}
          onDone={() => {
            see();
            goOn();
          }}
        />
      )}
      <p className="review-keys">
        <span>
          <Key name={t("handover.key.space")} /> {t("handover.review.seen")}
        </span>
        <span>
          <Key name="N" /> {t("handover.review.note")}
        </span>
        <span>
          <Key name="Y" /> {t("handover.review.carry")}
        </span>
        <span>
          <Key name="Enter" /> {t("handover.review.open")}
        </span>
      </p>
    </div>
  );
}

function ReviewHead() {
  const t = useText();
  return (
    <div className="review-row">
      <span>{t("handover.review.col.seen")}</span>
      <span>{t("handover.event.level")}</span>
      <span>{t("handover.event.due")}</span>
      <span>{t("handover.review.col.item")}</span>
      <span>{t("handover.event.state")}</span>
      <span>{t("handover.event.next")}</span>
      <span>{t("handover.event.lead")}</span>
    </div>
  );
}
