import type { ReactNode } from "react";
import { dateText, durationText, dutyDayText, timeText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverRecord } from "#shared/domain/handover/record.ts";
import { useShiftWord } from "./record-words.ts";

/** Whose handover it is and when it is due; `now` absent: it is past. */
export function RecordHead({
  record,
  now,
  title,
  children,
}: {
  record: HandoverRecord;
  now?: number;
  title: string;
  children?: ReactNode;
}) {
  const t = useText();
  const shiftWord = useShiftWord();
  const leftMs = now === undefined ? 0 : record.dueAt - now;
  return (
    <header className="handover-head">
      <h1>
        {title} {dutyDayText(record.on)} {shiftWord(record.shiftName)}
      </h1>
      <span className="handover-figures">
        {timeText(record.startAt)}–{timeText(record.dueAt)}
      </span>
      <span className={leftMs < 0 ? "handover-due is-late" : "handover-due"}>
        {now === undefined
          ? t("handover.due", { at: dateText(record.dueAt) })
          : t(leftMs < 0 ? "handover.due.late" : "handover.due.left", {
              at: timeText(record.dueAt),
              left: durationText(leftMs),
            })}
      </span>
      {children}
    </header>
  );
}
