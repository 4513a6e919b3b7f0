import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { clockText, dateText, dutyDayText, shortDateText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Handover, HandoverRecord } from "#shared/domain/handover/handover.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import { levelWord, stateWord } from "./RecordSections.tsx";

interface Props {
  readonly record: HandoverRecord;
  readonly handover: Handover | null;
  readonly nameOf: (officerId: string) => string;
  readonly now: number;
}

/** The record as a sheet of A4: not on screen, only on paper. A draft says that it is one. */
export function HandoverPaper({ record, handover, nameOf, now }: Props) {
  const t = useText();
  const status = useDesk("system.status", {});
  const crew = (people: HandoverRecord["outgoing"]) =>
    people.map((one) => `${say(roleNames[one.role])} ${one.name}`).join(t("handover.paper.mark")) ||
    t("handover.nobody");
  return createPortal(
    <article className="paper" aria-hidden="true">
      <h1>{t("handover.paper.title", { street: status.data?.street?.name ?? "" })}</h1>
      <p className="paper-under">
        {t("handover.paper.shift", {
          year: record.on.slice(0, 4),
          day: dutyDayText(record.on),
          shift: record.shiftName,
          from: dateText(record.startAt),
          to: dateText(record.dueAt),
        })}
        {handover?.phase !== "sealed" && <b>{t(handover ? "handover.paper.half" : "handover.paper.draft")}</b>}
        {status.data?.sample && <b>{t("parts.sample.about")}</b>}
      </p>
      <table className="paper-facts">
        <tbody>
          <Row name={t("handover.outgoing")}>{crew(record.outgoing)}</Row>
          <Row name={t("handover.incoming")}>{crew(record.incoming)}</Row>
          <Row name={t("handover.paper.during")}>
            {t("handover.counts", { opened: record.opened, closed: record.closed })}
          </Row>
          <Row name={t("handover.warnings")}>
            {record.warnings
              .map((one) => `${t(`handover.warning.${one.level}`)} ${one.title}`)
              .join(t("handover.paper.mark")) || t("handover.none")}
          </Row>
        </tbody>
      </table>
      <h2>{`${t("handover.open_events")} ${record.openEvents.length}`}</h2>
      {record.openEvents.length > 0 && (
        <table className="paper-table">
          <thead>
            <tr>
              <th>{t("handover.event.number")}</th>
              <th>{t("handover.event.level")}</th>
              <th>{t("handover.event.title")}</th>
              <th>{t("handover.event.state")}</th>
              <th>{t("handover.event.due")}</th>
              <th>{t("handover.event.next")}</th>
              <th>{t("handover.event.lead")}</th>
            </tr>
          </thead>
          <tbody>
            {record.openEvents.map((event) => (
              <tr key={event.eventId}>
                <td className="paper-figures">{event.number}</td>
                <td className="paper-figures">{levelWord(event.level)}</td>
                <td>
                  <PaperTitle eventId={event.eventId} title={event.title} />
                </td>
                <td className="paper-figures">{stateWord(event.state)}</td>
                <td className="paper-figures">
                  {event.dueAt === null ? t("handover.no_limit") : shortDateText(event.dueAt)}
                </td>
                <td>{event.next}</td>
                <td>{event.lead || t("handover.no_lead")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <table className="paper-facts">
        <tbody>
          <Row name={t("handover.whistles")}>
            {record.whistles.map((one) => (
              <p key={one.eventId}>
                {one.number} <PaperTitle eventId={one.eventId} title={one.title} />{" "}
                {t("handover.whistle.to", { to: one.to || t("handover.unsaid") })}
              </p>
            ))}
            {record.whistles.length === 0 && t("handover.none")}
          </Row>
          <Row name={t("handover.instructions")}>
            {record.instructions.map((one) => (
              <p key={`${one.at}/${one.text}`}>
                {timeText(one.at)} {one.text}
              </p>
            ))}
            {record.instructions.length === 0 && t("handover.none")}
          </Row>
          <Row name={t("handover.checklist")}>
            {record.checklist
              .map(
                (one) =>
                  `${one.item} ${t(one.ok ? "handover.check.ok" : "handover.check.amiss")}${one.note ? t("handover.paper.note", { note: one.note }) : ""}`,
              )
              .join(t("handover.paper.mark"))}
          </Row>
          <Row name={t("handover.carry")}>
            {record.carryOver.map((one) => (
              <p key={`${one.text}/${one.toOfficerId}`}>
                {one.text} {t("handover.carry.to", { name: nameOf(one.toOfficerId) })}
              </p>
            ))}
            {record.carryOver.length === 0 && t("handover.none")}
          </Row>
          <Row name={t("handover.unconfirmed")}>
            {t(record.unconfirmed > 0 ? "handover.unconfirmed.some" : "handover.unconfirmed.no", {
              count: record.unconfirmed,
            })}
          </Row>
          <Row name={t("handover.remarks")}>{record.remarks || t("handover.none")}</Row>
        </tbody>
      </table>
      <div className="paper-signatures">
        <PaperSignature name={t("handover.sign.outgoing")} signature={handover?.outgoing ?? null} />
        <PaperSignature name={t("handover.sign.incoming")} signature={handover?.incoming ?? null} />
      </div>
      <footer className="paper-foot">
        {handover && <p>{t("handover.paper.hash", { hash: handover.outgoing.recordHash })}</p>}
        <p>{t("handover.paper.printed", { at: dateText(now), desk: status.data?.deskName ?? "" })}</p>
      </footer>
    </article>,
    document.body,
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th>{name}</th>
      <td>{children}</td>
    </tr>
  );
}

/** A confidential event keeps its number on paper, not its title; so does one of which the desk cannot say. */
function PaperTitle({ eventId, title }: { eventId: string; title: string }) {
  const t = useText();
  const answer = useDesk("event.get", { id: eventId }, { topics: [] });
  return <>{answer.data?.event.confidential === false ? title : t("handover.paper.masked")}</>;
}

function PaperSignature({ name, signature }: { name: string; signature: Handover["incoming"] }) {
  const t = useText();
  return (
    <div>
      <p className="paper-side">{name}</p>
      <p className="paper-name">{signature?.name ?? ""}</p>
      <p>
        {signature ? `${dateText(signature.at)}:${clockText(signature.at).slice(6)}` : t("handover.paper.unsigned")}
      </p>
    </div>
  );
}
