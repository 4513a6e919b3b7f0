import { LevelMark, StateTag, useMinute } from "#renderer/parts/index.ts";
import { dateText, figureText, shortDateText, titleText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { type EventState, eventStates, type Level, levels } from "#shared/domain/duty-event/event.ts";
import type { HandoverEvent, HandoverLine } from "#shared/domain/handover/record.ts";
import type { ReviewItem } from "./draft.ts";
import { detailWord, markWord, stepWord, titleWord } from "./record-words.ts";

const isLevel = (level: string): level is Level => (levels as readonly string[]).includes(level);
const isState = (state: string): state is EventState => (eventStates as readonly string[]).includes(state);

interface Props {
  readonly item: ReviewItem;
  readonly seen: boolean;
  readonly note: string;
  readonly carried: boolean;
}

/** One row of the review: seen or not by shape, then what it is, where it stands and who holds it. */
export function ReviewRow({ item, seen, note, carried }: Props) {
  const t = useText();
  const { event, line } = item;
  return (
    <div className="review-row">
      <span className="review-seen">
        <i className={seen ? "review-mark is-seen" : "review-mark"} aria-hidden="true" />
        <span className="sr-only">{t(seen ? "handover.review.is_seen" : "handover.review.is_unseen")}</span>
      </span>
      {event && <EventCells event={event} note={note} carried={carried} />}
      {line && <LineCells line={line} note={note} />}
    </div>
  );
}

function EventCells({ event, note, carried }: { event: HandoverEvent; note: string; carried: boolean }) {
  const t = useText();
  return (
    <>
      {isLevel(event.level) ? <LevelMark level={event.level} /> : <span>{event.level}</span>}
      <Due event={event} />
      <span className="one-line">
        <span className="handover-number">{event.number}</span>
        {event.isNew && <span className="review-tag">{t("handover.mark.new")}</span>}
        {event.marks.map((mark) => (
          <span key={mark} className="review-tag is-news">
            {t(`handover.mark.${mark}`)}
          </span>
        ))}
        {carried && <span className="review-tag is-carried">{t("handover.mark.carried")}</span>}
        {titleText(event.title)}
        {note && <span className="review-note">{note}</span>}
      </span>
      {isState(event.state) ? <StateTag state={event.state} /> : <span>{event.state}</span>}
      <span className="one-line">{stepWord(event.next)}</span>
      <span className="one-line soft">{event.lead || t("handover.no_lead")}</span>
    </>
  );
}

function LineCells({ line, note }: { line: HandoverLine; note: string }) {
  const t = useText();
  const [code = ""] = line.key.split("/");
  return (
    <>
      <span className="review-section">{t(`handover.section.${code}`)}</span>
      <span className="handover-figures soft">{line.at === null ? "" : shortDateText(line.at)}</span>
      <span className={line.detail ? "one-line" : "one-line review-whole"}>
        {line.number && <span className="handover-number">{line.number}</span>}
        {line.mark && (
          <span className={code === "warning" ? `handover-warning is-${line.mark}` : "review-tag"}>
            {code === "warning" ? t(`handover.warning.${line.mark}`) : markWord(line.mark)}
          </span>
        )}
        {titleText(titleWord(line))}
        {note && <span className="review-note">{note}</span>}
      </span>
      {line.detail && <span className="one-line review-wide soft">{detailWord(line)}</span>}
    </>
  );
}

/** What is left, in words, and red when it is used up. */
function Due({ event }: { event: HandoverEvent }) {
  const t = useText();
  const now = useMinute();
  if (event.dueAt === null) return <span className="faint">{t("handover.no_limit")}</span>;
  const leftMs = event.dueAt - now;
  return (
    <span className={leftMs < 0 ? "handover-figures handover-late" : "handover-figures"} title={dateText(event.dueAt)}>
      {t(leftMs < 0 ? "clock.late" : "clock.left", { left: figureText(leftMs) })}
    </span>
  );
}
