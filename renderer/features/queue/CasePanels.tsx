import { Field, Fields } from "#renderer/parts/index.ts";
import { dateText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { isUrgedOpen } from "#shared/domain/duty-event/urge.ts";

/** BO-1, BO-2: the other side of the boundary, and what was agreed with it. */
export function BorderPanel({ border }: { readonly border: DutyEvent["border"] }) {
  const t = useText();
  if (!border) return null;
  const { agreement } = border;
  return (
    <section className="border-panel" aria-label={t("queue.border")}>
      <h3 className="detail-part">
        {t("queue.border.with", { side: border.side })}
        {!agreement && <span className="whistle-state">{t("queue.border.open")}</span>}
      </h3>
      {border.text && <p>{border.text}</p>}
      {agreement && (
        <Fields>
          <Field label={t("queue.field.oneOff")}>{agreement.oneOff}</Field>
          <Field label={t("queue.field.upkeep")}>{agreement.upkeep}</Field>
          <Field label={t("queue.field.agreedBy")} wide>
            {agreement.agreedBy} <span className="figures soft">{agreement.agreedOn}</span>
            {agreement.text && `\uff0c${agreement.text}`}
          </Field>
        </Fields>
      )}
    </section>
  );
}

/** UR-1, UR-2: who was urged how often, by whom, and what came back. */
export function UrgePanel({ event }: { readonly event: DutyEvent }) {
  const t = useText();
  const { urges } = event;
  if (urges.length === 0) return null;
  return (
    <section aria-label={t("queue.urges")}>
      <h3 className="detail-part">
        {t("queue.urges.count", { count: urges.length })}
        {isUrgedOpen(event) && <span className="whistle-state">{t("queue.urges.open")}</span>}
      </h3>
      <ol className="hops">
        {urges.toReversed().map((urge) => (
          <li key={`${urge.at} ${urge.to} ${urge.text}`} className="hop">
            <time className="figures soft">{dateText(urge.at)}</time>
            <span className="hop-step">{say(transitionOf(urge.kind).label)}</span>
            <span className="hop-words">
              {urge.to}
              {urge.via && t("queue.urges.via", { via: urge.via })}
              {t("queue.urges.said", { text: urge.text })}
            </span>
            <span className="hop-dwell soft">
              {urge.answer
                ? t("queue.urges.answered", { at: dateText(urge.answer.at), text: urge.answer.text })
                : t("queue.urges.none")}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** HO-17: what was asked of a leader in this matter, with the answer; from the duty log. */
export function RequestPanel({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const t = useText();
  const requests = entries.filter((entry) => entry.kind === "request" && entry.officers.length > 0);
  if (requests.length === 0) return null;
  return (
    <section aria-label={t("queue.requests")}>
      <h3 className="detail-part">{t("queue.requests")}</h3>
      <ol className="hops">
        {requests.toReversed().map((entry) => {
          const answer = entries.findLast((other) => other.corrects === entry.id);
          return (
            <li key={entry.id} className="hop">
              <time className="figures soft">{dateText(entry.at)}</time>
              <span className="hop-step">{entry.officers.map(({ name }) => name).join("\u3001")}</span>
              <span className="hop-words">{say(entry.text)}</span>
              <span className={answer ? "hop-dwell soft" : "hop-dwell is-running"}>
                {answer
                  ? t("queue.requests.answered", { at: dateText(answer.at), text: say(answer.text) })
                  : t("queue.requests.none")}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** RV-1: the look back. */
export function ReviewPanel({ review }: { readonly review: DutyEvent["review"] }) {
  const t = useText();
  if (!review) return null;
  return (
    <section aria-label={t("queue.review")}>
      <h3 className="detail-part">{t("queue.review")}</h3>
      <Fields>
        <Field label={t("queue.field.happened")} wide>
          {review.happened}
        </Field>
        {review.well && (
          <Field label={t("queue.field.well")} wide>
            {review.well}
          </Field>
        )}
        {review.change && (
          <Field label={t("queue.field.change")} wide>
            {review.change}
          </Field>
        )}
        {review.measures.length > 0 && (
          <Field label={t("queue.field.measures")} wide>
            <ol className="review-measures">
              {review.measures.map((measure, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: measures stand where they stand
                <li key={index}>
                  {measure.text}{" "}
                  <span className="soft figures">{t("queue.review.due", { who: measure.who, on: measure.dueOn })}</span>
                </li>
              ))}
            </ol>
          </Field>
        )}
      </Fields>
    </section>
  );
}
