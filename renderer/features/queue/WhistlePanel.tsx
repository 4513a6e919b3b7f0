import { useDesk } from "#renderer/bridge/use-desk.ts";
import { SyncMark, useMinute } from "#renderer/parts/index.ts";
import { dateText, durationText } from "#renderer/text/format.ts";
import { languageNow, say, sayName, useText } from "#renderer/text/text.ts";
import type { Tables, TimelineEntry } from "#shared/contract.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import {
  dwellsOf,
  totalOf,
  type Whistle,
  type WhistleStep,
  whistleStateNames,
  whistleStepNames,
} from "#shared/domain/duty-event/whistle.ts";

/** Which of the five steps a whistle has behind it. */
const reached: Readonly<Record<Whistle["state"], number>> = {
  called: 1,
  routed: 2,
  reported_in: 3,
  disputed: 1,
  fed_back: 4,
  rated: 5,
  returned: 1,
  withdrawn: 1,
};

/** WH-7: every whistle of an event, the last first: its five steps, each hop with how long it stayed there, and the street's score. */
export function WhistlePanel(props: {
  readonly whistles: readonly Whistle[];
  readonly tables: Tables;
  readonly entries: readonly TimelineEntry[];
}) {
  const t = useText();
  const { whistles, tables, entries } = props;
  return (
    <>
      {whistles
        .map((whistle, index) => ({ whistle, no: index + 1 }))
        .reverse()
        .map(({ whistle, no }) => (
          <section key={no} className="whistle" aria-label={t("queue.whistle.no", { no })}>
            <h3 className="detail-part">
              {whistles.length > 1 ? t("queue.whistle.no", { no }) : t("queue.fact.whistle")}
              <span className="whistle-state">{say(whistleStateNames[whistle.state])}</span>
            </h3>
            {no === whistles.length && <Unsent entries={entries} />}
            {whistle.state === "disputed" && <p className="whistle-unsent">{t("queue.whistle.disputed")}</p>}
            <OneWhistle whistle={whistle} tables={tables} />
          </section>
        ))}
    </>
  );
}

/** What the street said last: with the line cut nobody at the centre knows of it, whatever the state is called. */
function Unsent({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const t = useText();
  const link = useDesk("link.status", {}).data?.link.state;
  const told = entries.findLast(({ action }) =>
    eventActions.some((one) => one === action && transitionOf(one).whistle),
  );
  if (!told || !isUnsent(told.sync, link === "online")) return null;
  return (
    <p className="whistle-unsent">
      <SyncMark sync={told.sync} short /> {told.sync.state !== "refused" && t("queue.whistle.unsent")}
    </p>
  );
}

/** While the line is up it is a matter of moments, of which the head of the event speaks. */
const isUnsent = ({ state }: TimelineEntry["sync"], isUp: boolean): boolean =>
  state === "refused" || (state !== "confirmed" && !isUp);

function OneWhistle({ whistle, tables }: { readonly whistle: Whistle; readonly tables: Tables }) {
  const t = useText();
  const now = useMinute();
  const stepName = (step: WhistleStep) =>
    // The district's table names them in Chinese alone.
    (languageNow() === "zh" && tables.whistle.steps.find(({ code }) => code === step)?.name) ||
    say(whistleStepNames[step]);
  const done = reached[whistle.state];
  const dwells = dwellsOf(whistle, now);
  const { score } = whistle;
  // What was scored keeps the name it had; its English one is the table's.
  const criterionName = (code: string, name: string) => {
    const row = tables.criteria.rows.find((one) => one.code === code);
    return languageNow() === "zh" || !row ? name : sayName(row);
  };
  const total = score && totalOf(score.points);
  return (
    <>
      <ol className="whistle-steps" aria-label={t("queue.whistle.steps")}>
        {tables.whistle.steps.map(({ code }, index) => (
          <li key={code} className={index < done ? "is-past" : index === done ? "is-here" : ""}>
            <i aria-hidden="true">{index < done ? "✓" : index + 1}</i>
            <span>{stepName(code)}</span>
          </li>
        ))}
      </ol>
      <ol className="hops" aria-label={t("queue.whistle.hops")}>
        {dwells.map(({ past, dwellMs }, index) => {
          const runs = index === dwells.length - 1 && dwellMs !== null;
          const told = past.by === "district" ? t("queue.whistle.district") : "";
          return (
            <li
              key={`${past.step} ${past.at} ${past.by}`}
              className={past.step === "dispute" ? "hop is-dispute" : "hop"}
            >
              <time className="figures soft" dateTime={new Date(past.at).toISOString()}>
                {dateText(past.at)}
              </time>
              <span className="hop-step">{stepName(past.step)}</span>
              <span className="hop-words">
                {[past.to, past.people, past.text].filter(Boolean).join("\uff0c")}
                {(told || past.toldBy) && (
                  <span className="soft">
                    {" "}
                    {told} {past.toldBy && t("queue.whistle.told", { name: past.toldBy })}
                  </span>
                )}
              </span>
              <span className={runs ? "hop-dwell figures is-running" : "hop-dwell figures soft"}>
                {dwellMs !== null &&
                  t(runs ? "queue.whistle.waits" : "queue.whistle.stayed", { length: durationText(dwellMs) })}
              </span>
            </li>
          );
        })}
      </ol>
      {score && total && (
        <p className="whistle-score">
          <b className="figures">{t("queue.score.total", { given: total.given, most: total.most })}</b>
          {score.points.map(({ code, name, points, most }) => (
            <span key={code} className="figures">
              {criterionName(code, name)} {points}/{most}
            </span>
          ))}
          {score.text && <span className="soft">{score.text}</span>}
        </p>
      )}
    </>
  );
}
