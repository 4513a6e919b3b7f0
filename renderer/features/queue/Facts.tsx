import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Field, Fields } from "#renderer/parts/index.ts";
import { dateText, phoneText } from "#renderer/text/format.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import { boardNames, type DutyEvent, isOpen, sourceNames } from "#shared/domain/duty-event/event.ts";
import { categoriesEver } from "#shared/domain/table/categories-ever.ts";

/** What is known of an event: who said it, where, whose it is, until when. CF-1: what is sealed is not said to be missing. */
export function Facts(props: { event: DutyEvent; tables: Tables | undefined; isSealed: boolean }) {
  const { event, tables } = props;
  const t = useText();
  const { goTo, focusOn } = usePage();
  const { point, text, community, grid } = event.place;
  const cover = useDesk("map.cover", point ?? { lng: 0, lat: 0 }, { enabled: point !== null });
  const who = point ? cover.data?.cover : null;
  const category = tables && categoriesEver(tables).find(({ code }) => code === event.category);
  const where = [text, [community, grid].filter(Boolean).join(" ")].filter(Boolean).join("，");
  const nobody = <span className="faint">{t("queue.fact.none")}</span>;
  const unsaid = props.isSealed ? <span className="faint">{t("queue.fact.sealed")}</span> : nobody;
  return (
    <Fields>
      <Field label={t("queue.fact.place")} wide>
        {where || unsaid}{" "}
        {point && (
          <button
            type="button"
            className="button-link"
            onClick={() => {
              focusOn(point);
              goTo("map");
            }}
          >
            {t("queue.fact.show_on_map")}
          </button>
        )}
        {who && (
          <span className="soft fact-cover">
            {t("queue.fact.cover", { head: who.head, worker: who.worker, phone: phoneText(who.phone) })}
          </span>
        )}
      </Field>
      <Field label={t("queue.fact.source")}>{say(sourceNames[event.source])}</Field>
      <Field label={t("queue.fact.caller")}>
        {event.callerName || event.callerPhone ? (
          <>
            {event.callerName} <span className="figures">{phoneText(event.callerPhone)}</span>
          </>
        ) : (
          unsaid
        )}
      </Field>
      <Field label={t("queue.field.category")}>{category ? sayName(category) : event.category || nobody}</Field>
      <Field label={t("queue.field.board")}>{event.board ? say(boardNames[event.board]) : nobody}</Field>
      <Field label={t("queue.field.lead")}>{event.lead ? event.lead.name : nobody}</Field>
      <Field label={t("queue.field.coHandlers")}>
        {event.coHandlers.length > 0 ? event.coHandlers.map((party) => party.name).join("、") : nobody}
      </Field>
      <Field label={t("queue.fact.reported")}>
        <span className="figures">{dateText(event.reportedAt)}</span>
      </Field>
      <Field label={t("queue.fact.due")}>
        <span className="figures">{event.dueAt === null ? nobody : dateText(event.dueAt)}</span>
      </Field>
      {(event.result || (props.isSealed && event.closedAt !== null)) && (
        <Field label={t(isOpen(event.state) ? "queue.fact.result_before" : "queue.field.result")} wide>
          {event.result || unsaid}
        </Field>
      )}
      {event.closedAt !== null && (
        <Field label={t(event.state === "merged" ? "queue.fact.merged" : "queue.fact.closed")}>
          <span className="figures">{dateText(event.closedAt)}</span>
        </Field>
      )}
    </Fields>
  );
}
