import { useState } from "react";
import { useHotkey, useMinute } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import { lacksOf } from "#shared/domain/handover/record.ts";
import { sheetOf } from "#shared/domain/handover/sheet.ts";
import { CarryForm } from "./CarryForm.tsx";
import { ChecksForm } from "./ChecksForm.tsx";
import { unseenOf, type Written } from "./draft.ts";
import { HandoverPaper } from "./HandoverPaper.tsx";
import { PaperButtons } from "./PaperButtons.tsx";
import { RecordHead } from "./RecordHead.tsx";
import { ReviewList } from "./ReviewList.tsx";
import { SheetView } from "./SheetView.tsx";
import { SignedRecord } from "./SignedRecord.tsx";
import { SignPanel } from "./SignPanel.tsx";
import { useOpenEvent } from "./use-open-event.ts";
import { useWritten } from "./use-written.ts";

const parts = ["review", "checks", "carry"] as const;
type Part = (typeof parts)[number];

/** The handover being made: gone through item by item until the outgoing side has signed, then read as it was signed. */
export function PresentHandover({ draft, onSigned }: { draft: HandoverDraft; onSigned: (id: string) => void }) {
  const t = useText();
  const now = useMinute();
  const openEvent = useOpenEvent();
  const writing = useWritten(draft);
  const { record, phase, handover, handoverId } = draft;
  const isLive = phase === "draft" || phase === "withdrawn";
  const written = isLive ? writing?.written : undefined;
  const asWritten = written ? { ...record, ...laid(draft, written) } : record;
  const source = { id: handoverId, record: asWritten, handover: isLive ? null : handover };
  return (
    <>
      {isLive ? (
        <div className="handover-record">
          <RecordHead record={record} now={now} title={t("handover.present.title")}>
            {writing && (
              <span className="handover-saved" role="status">
                {writing.saving
                  ? t("handover.saving")
                  : writing.savedAt
                    ? t("handover.saved", { at: whenText(writing.savedAt, now) })
                    : t("handover.unsaved")}
              </span>
            )}
          </RecordHead>
          {written && writing && <DraftParts draft={draft} written={written} onChange={writing.change} />}
        </div>
      ) : (
        <SignedRecord head={<RecordHead record={record} now={now} title={t("handover.present.title")} />}>
          <SheetView sheet={sheetOf(source, { masked: false })} onOpen={openEvent} />
        </SignedRecord>
      )}
      <aside className="handover-sides" aria-label={t("handover.sign")}>
        <SignPanel
          draft={draft}
          written={written}
          now={now}
          onSigned={(signed) => {
            if (signed.incoming) {
              writing?.used();
              onSigned(signed.id);
            }
          }}
        />
        <PaperButtons id={handover && !isLive ? handoverId : undefined} />
      </aside>
      <HandoverPaper sheet={sheetOf(source, { masked: true })} />
    </>
  );
}

/** The draft as it would be signed now: notes at their rows, items with the names of those who take them. */
function laid({ record }: HandoverDraft, written: Written) {
  const noteOf = (key: string): string => written.seen[key]?.note ?? "";
  const nameOf = (id: string): string => record.incoming.find(({ officerId }) => officerId === id)?.name ?? "";
  const isConfidential = (eventId: string | null): boolean =>
    record.openEvents.find((event) => event.eventId === eventId)?.confidential ?? false;
  return {
    openEvents: record.openEvents.map((event) => ({ ...event, note: noteOf(`event/${event.eventId}`) })),
    sections: record.sections.map(({ code, items }) => ({
      code,
      items: items.map((line) => ({ ...line, note: noteOf(line.key) })),
    })),
    checklist: [...written.checklist],
    keys: [...written.keys],
    remarks: written.remarks,
    carryOver: written.carryOver.map((one, index) => ({
      ...one,
      id: one.id ?? `new-${index}`,
      confidential: record.carryOver.find(({ id }) => id === one.id)?.confidential ?? isConfidential(one.eventId),
      toName: nameOf(one.toOfficerId),
    })),
  };
}

/** The three things to do before the signature, each on its key. */
function DraftParts({
  draft,
  written,
  onChange,
}: {
  draft: HandoverDraft;
  written: Written;
  onChange: (next: Partial<Written>) => void;
}) {
  const t = useText();
  const [part, setPart] = useState<Part>("review");
  const unseen = unseenOf(draft, written).length;
  const open = lacksOf({ ...written, carryOver: [] }).reduce(
    (sum, lack) => sum + ("count" in lack ? lack.count : 0),
    0,
  );
  const progress: Record<Part, { words: string; done: boolean }> = {
    review: { words: `${draft.review.length - unseen}/${draft.review.length}`, done: unseen === 0 },
    checks: {
      words: open === 0 ? t("handover.checks.done") : t("handover.checks.open", { count: open }),
      done: open === 0,
    },
    carry: {
      words:
        written.carryOver.length === 0 ? t("handover.none") : t("handover.items", { count: written.carryOver.length }),
      done: true,
    },
  };
  useHotkey(hotkeys.handover.review, () => setPart("review"), { label: t("handover.part.review") });
  useHotkey(hotkeys.handover.checks, () => setPart("checks"), { label: t("handover.part.checks") });
  useHotkey(hotkeys.handover.carry, () => setPart("carry"), { label: t("handover.part.carry") });
  return (
    <div className="handover-parts">
      <div className="handover-tabs" role="tablist" aria-label={t("handover.parts")}>
        {parts.map((one, index) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`handover-tab-${one}`}
            aria-selected={part === one}
            aria-controls="handover-part"
            aria-keyshortcuts={String(index + 1)}
            className={`handover-tab ${part === one ? "is-here" : ""} ${progress[one].done ? "is-done" : ""}`}
            onClick={() => setPart(one)}
          >
            <span className="key" aria-hidden="true">
              {index + 1}
            </span>
            <span>{t(`handover.part.${one}`)}</span>
            <span className="handover-tab-count">{progress[one].words}</span>
          </button>
        ))}
      </div>
      <div className="handover-part" role="tabpanel" id="handover-part" aria-labelledby={`handover-tab-${part}`}>
        {part === "review" && <ReviewList draft={draft} written={written} onChange={onChange} />}
        {part === "checks" && <ChecksForm written={written} onChange={onChange} />}
        {part === "carry" && <CarryForm written={written} record={draft.record} onChange={onChange} />}
      </div>
    </div>
  );
}
