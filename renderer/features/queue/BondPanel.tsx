import { usePage } from "#renderer/app/store.ts";
import { StateTag } from "#renderer/parts/index.ts";
import { dateText, phoneText, titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EventBonds } from "#shared/contract.ts";
import { linkKindNames } from "#shared/domain/duty-event/bond.ts";
import { type EventState, sourceNames } from "#shared/domain/duty-event/event.ts";

interface Other {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: EventState | null;
}

/** BO-4, BO-6: where this event is dealt with, what is dealt with in it, and what it is linked to. */
export function BondPanel({ bonds }: { readonly bonds: EventBonds }) {
  const t = useText();
  const { into, leads, merged, links } = bonds;
  if (!into && merged.length === 0 && links.length === 0) return null;
  return (
    <section className="bonds" aria-label={t("queue.bonds")}>
      {into && (
        <p className="bond-into">
          {t("queue.bonds.into")} <OtherEvent other={into} />
          {leads && (
            <>
              {" "}
              {t("queue.bonds.leads")} <OtherEvent other={leads} />
            </>
          )}
        </p>
      )}
      {merged.length > 0 && (
        <>
          <h3 className="detail-part">{t("queue.bonds.merged", { count: merged.length })}</h3>
          <ul className="bond-list">
            {merged.map((one) => (
              <li key={one.id} className="bond-merged">
                <OtherEvent other={one} />
                <span className="soft figures">
                  {dateText(one.reportedAt)} {say(sourceNames[one.source])} {one.callerName}{" "}
                  {phoneText(one.callerPhone)}
                </span>
                <p className="bond-text">{one.text}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      {links.length > 0 && (
        <>
          <h3 className="detail-part">{t("queue.bonds.links")}</h3>
          <ul className="bond-list">
            {links.map((one) => (
              <li key={`${one.way}${one.kind}${one.id}`} className="bond-link">
                <span className="bond-kind">{say(linkKindNames[one.kind][one.way])}</span>
                <OtherEvent other={one} />
                {one.text && <span className="soft">{one.text}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Number and title of another event; pressed, it is shown. */
export function OtherEvent({ other }: { readonly other: Other }) {
  const t = useText();
  const { goTo, selectEvent } = usePage();
  return (
    <span className="bond-other">
      <button
        type="button"
        className="button-link figures"
        onClick={() => {
          selectEvent(other.id);
          goTo("queue", { eventId: other.id, view: "all" });
        }}
      >
        {other.number}
      </button>
      <span className="one-line">{titleText(other.title) || t("queue.bonds.unknown")}</span>
      {other.state && <StateTag state={other.state} />}
    </span>
  );
}
