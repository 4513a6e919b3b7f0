import type { ReactNode } from "react";
import { LevelMark, StateTag, useMinute } from "#renderer/parts/index.ts";
import { dateText, figureText, shortDateText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import {
  type EventState,
  eventStates,
  type Level,
  levelNames,
  levels,
  stateNames,
} from "#shared/domain/duty-event/event.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { HandoverRecord } from "#shared/domain/handover/handover.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";

/** A section of the record: its number of items stands beside its name, so that "nothing" is read as an answer. */
export function Section({
  title,
  count,
  tone = "plain",
  children,
  tools,
  hotkey,
}: {
  title: string;
  count?: string | undefined;
  tone?: "plain" | "waits";
  children?: ReactNode;
  tools?: ReactNode;
  /** The key that leads here, shown beside the name. */
  hotkey?: ReactNode;
}) {
  return (
    <section className={`handover-section is-${tone}`}>
      <header className="handover-section-head">
        <h2>{title}</h2>
        {hotkey}
        {count !== undefined && <span className="handover-count">{count}</span>}
        {tools && <span className="handover-section-tools">{tools}</span>}
      </header>
      {children}
    </section>
  );
}

export const isLevel = (level: string): level is Level => (levels as readonly string[]).includes(level);
export const isState = (state: string): state is EventState => (eventStates as readonly string[]).includes(state);
export const stateWord = (state: string): string => (isState(state) ? say(stateNames[state]) : state);
/** The record carries the name of a step in Chinese, as it goes to paper; on screen it speaks the language of the page. */
export function stepWord(next: string): string {
  const action = eventActions.find((one) => transitionOf(one).label.zh === next);
  return action ? say(transitionOf(action).label) : next;
}
export const levelWord = (level: string): string => (isLevel(level) ? say(levelNames[level]) : level);

/** What the desk knows of the shift by itself: the same for the draft, the frozen record and the sealed one. */
export function RecordSections({
  record,
  live,
  onOpen,
  onCarry,
  carried,
}: {
  record: HandoverRecord;
  /** Clocks run: the record is not frozen yet. */
  live: boolean;
  onOpen: (eventId: string) => void;
  onCarry?: ((event: HandoverRecord["openEvents"][number]) => void) | undefined;
  carried?: ReadonlySet<string>;
}) {
  const t = useText();
  const count = (n: number) => (n === 0 ? t("handover.none") : t("handover.items", { count: n }));
  return (
    <>
      <Section
        title={t("handover.people")}
        count={t("handover.counts", { opened: record.opened, closed: record.closed })}
      >
        <div className="handover-people">
          <People title={t("handover.outgoing")} people={record.outgoing} />
          <People title={t("handover.incoming")} people={record.incoming} />
        </div>
      </Section>
      <Section title={t("handover.open_events")} count={count(record.openEvents.length)}>
        {record.openEvents.length > 0 && (
          <table className="handover-table">
            <thead>
              <tr>
                <th scope="col">{t("handover.event.level")}</th>
                <th scope="col">{t("handover.event.due")}</th>
                <th scope="col" className="is-wide">
                  {t("handover.event.title")}
                </th>
                <th scope="col">{t("handover.event.state")}</th>
                <th scope="col">{t("handover.event.next")}</th>
                <th scope="col">{t("handover.event.lead")}</th>
                {onCarry && (
                  <th scope="col">
                    <span className="sr-only">{t("handover.carry.add")}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {record.openEvents.map((event) => (
                <tr key={event.eventId}>
                  <td>{isLevel(event.level) ? <LevelMark level={event.level} /> : event.level}</td>
                  <td>
                    <Due event={event} live={live} />
                  </td>
                  <td className="is-wide">
                    <button type="button" className="handover-event" onClick={() => onOpen(event.eventId)}>
                      <span className="handover-number">{event.number}</span>
                      {event.title}
                    </button>
                  </td>
                  <td>{isState(event.state) ? <StateTag state={event.state} /> : event.state}</td>
                  <td>{stepWord(event.next)}</td>
                  <td className="handover-lead">{event.lead || t("handover.no_lead")}</td>
                  {onCarry && (
                    <td>
                      {carried?.has(event.eventId) ? (
                        <span className="faint">{t("handover.carry.done")}</span>
                      ) : (
                        <button type="button" className="handover-small" onClick={() => onCarry(event)}>
                          {t("handover.carry.add")}
                        </button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <Section title={t("handover.whistles")} count={count(record.whistles.length)}>
        {record.whistles.length > 0 && (
          <ul className="handover-lines">
            {record.whistles.map((one) => (
              <li key={one.eventId}>
                <button type="button" className="handover-event" onClick={() => onOpen(one.eventId)}>
                  <span className="handover-number">{one.number}</span>
                  {one.title}
                </button>
                <span className="soft">{t("handover.whistle.to", { to: one.to || t("handover.unsaid") })}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t("handover.instructions")} count={count(record.instructions.length)}>
        {record.instructions.length > 0 && (
          <ul className="handover-lines">
            {record.instructions.map((one) => (
              <li key={`${one.at}/${one.text}`}>
                <span className="handover-number">{timeText(one.at)}</span>
                <span>{one.text}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t("handover.warnings")} count={count(record.warnings.length)}>
        {record.warnings.length > 0 && (
          <ul className="handover-lines">
            {record.warnings.map((one) => (
              <li key={`${one.level}/${one.title}`}>
                <span className={`handover-warning is-${one.level}`}>{t(`handover.warning.${one.level}`)}</span>
                <span>{one.title}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title={t("handover.unconfirmed")}
        count={record.unconfirmed === 0 ? t("handover.none") : t("handover.records", { count: record.unconfirmed })}
        tone={record.unconfirmed > 0 ? "waits" : "plain"}
      >
        <p className="handover-words">
          {t(record.unconfirmed > 0 ? "handover.unconfirmed.some" : "handover.unconfirmed.no", {
            count: record.unconfirmed,
          })}
        </p>
      </Section>
    </>
  );
}

function People({ title, people }: { title: string; people: HandoverRecord["outgoing"] }) {
  const t = useText();
  return (
    <div className="handover-crew">
      <h3>{title}</h3>
      {people.length === 0 ? (
        <p className="handover-nobody">{t("handover.nobody")}</p>
      ) : (
        <dl>
          {people.map((one) => (
            <div key={`${one.role}/${one.officerId}`}>
              <dt>{say(roleNames[one.role])}</dt>
              <dd>{one.name}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** The record carries no length of the limit, so there is no bar: what is left, in words, and red when it is used up. */
function Due({ event, live }: { event: HandoverRecord["openEvents"][number]; live: boolean }) {
  const t = useText();
  const now = useMinute();
  if (event.dueAt === null) return <span className="faint">{t("handover.no_limit")}</span>;
  if (!live) return <span className="handover-figures">{shortDateText(event.dueAt)}</span>;
  const leftMs = event.dueAt - now;
  return (
    <span className={leftMs < 0 ? "handover-figures handover-late" : "handover-figures"} title={dateText(event.dueAt)}>
      {t(leftMs < 0 ? "clock.late" : "clock.left", { left: figureText(leftMs) })}
    </span>
  );
}
