import { Field, Fields } from "#renderer/parts/index.ts";
import { dateText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { returnOf } from "#shared/domain/duty-event/dispatched.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";

/** DS-1, DS-3, DS-4: what the district wants that sent the event down, each return that was asked for, and its word. */
export function DispatchPanel({ event }: { readonly event: DutyEvent }) {
  const t = useText();
  const { dispatch } = event;
  if (!dispatch) return null;
  const { operator, requirement, returns, recalled } = dispatch;
  const standing = recalled ? t("queue.dispatch.recalled") : returnOf(event) ? t("queue.dispatch.asked") : "";
  return (
    <section aria-label={t("queue.dispatch")}>
      <h3 className="detail-part">
        {t("queue.dispatch")}
        {standing && <span className="whistle-state">{standing}</span>}
      </h3>
      <Fields>
        <Field label={t("queue.dispatch.operator")}>{operator}</Field>
        {requirement && (
          <Field label={t("queue.dispatch.requirement")} wide>
            {requirement}
          </Field>
        )}
        {recalled && (
          <Field label={t("queue.dispatch.recall")} wide>
            {recalled.text}{" "}
            <span className="soft figures">
              {recalled.operator} {dateText(recalled.at)}
            </span>
          </Field>
        )}
      </Fields>
      {returns.length > 0 && (
        <ol className="hops" aria-label={t("queue.dispatch.returns")}>
          {returns.toReversed().map(({ at, reason, answer }) => (
            <li key={at} className="hop">
              <time className="figures soft">{dateText(at)}</time>
              <span className="hop-step">{t("queue.dispatch.return")}</span>
              <span className="hop-words">{reason}</span>
              <span className={answer || recalled ? "hop-dwell soft" : "hop-dwell is-running"}>
                {answer
                  ? t("queue.dispatch.insisted", { at: dateText(answer.at), name: answer.operator, text: answer.text })
                  : t(recalled ? "queue.dispatch.recalled" : "queue.dispatch.waits")}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
