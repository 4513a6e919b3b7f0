import { dutyDayText } from "#renderer/text/format.ts";
import { type Say, say, useText } from "#renderer/text/text.ts";
import type { RosterPlan } from "#shared/contract.ts";
import { type DutyRole, type RosterRules, roleNames } from "#shared/domain/roster/roster.ts";
import { slotText } from "./layer-words.ts";
import type { Cell } from "./month-grid.ts";

interface Props {
  readonly plan: RosterPlan;
  readonly rules: RosterRules;
  readonly nameOf: (officerId: string) => string;
  /** The place that is looked at. */
  readonly cell: Cell | undefined;
}

type Reason = RosterPlan["gaps"][number]["reasons"][number];

const whyText = (t: Say, { code, params }: Reason): string =>
  code === "nobody_holds_role"
    ? t("roster.why.nobody_holds_role", { role: say(roleNames[String(params.role) as DutyRole]) })
    : t(`roster.why.${code}`, params);

/** Beside a proposal: what it could not fill and why, why this person, and who carries how much. */
export function PlanSide({ plan, rules, nameOf, cell }: Props) {
  const t = useText();
  const mark = t("roster.list_mark");
  const slot = cell && `${cell.on}/${cell.shift}/${cell.role}/${cell.index}`;
  const reasons = slot === undefined ? undefined : plan.reasons[slot];
  const gapHere = plan.gaps.find((gap) => gap.slot === slot);
  const gapText = ({ eligible, reasons: held }: RosterPlan["gaps"][number]) =>
    `${eligible > 0 ? t("roster.plan.eligible", { people: eligible }) : ""}${held.map((reason) => whyText(t, reason)).join(mark)}`;
  return (
    <aside className="roster-side is-plan">
      <section
        className={plan.gaps.length > 0 ? "roster-gaps is-alarm" : "roster-gaps"}
        aria-labelledby="roster-plan-gaps"
      >
        <div className="roster-gaps-title">
          {plan.gaps.length > 0 && <span className="roster-gaps-count">{plan.gaps.length}</span>}
          <h2 id="roster-plan-gaps">{t(plan.gaps.length > 0 ? "roster.plan.gaps" : "roster.plan.no_gaps")}</h2>
        </div>
        {plan.gaps.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
          <ul className="roster-gap-list" tabIndex={0} aria-labelledby="roster-plan-gaps">
            {plan.gaps.map((gap) => (
              <li key={gap.slot} className="roster-plan-gap">
                <strong>{slotText(gap.slot, rules)}</strong>
                <span className="roster-plan-why">{gapText(gap)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {plan.against.length > 0 && (
        <section className="roster-against" aria-labelledby="roster-plan-against">
          <h2 id="roster-plan-against">{t("roster.plan.against", { places: plan.against.length })}</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <ul tabIndex={0} aria-labelledby="roster-plan-against">
            {plan.against.map(({ slot, officerId, reasons: broken }) => (
              <li key={slot}>
                {slotText(slot, rules)} {nameOf(officerId)}
                <span className="roster-plan-why">
                  {broken.map(({ code }) => t(`roster.limit.${code}`)).join(mark)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="roster-why" aria-labelledby="roster-plan-why" aria-live="polite">
        <header className="roster-side-head">
          <h2 id="roster-plan-why">{t("roster.plan.why")}</h2>
        </header>
        {cell && (
          <p className="roster-why-place">
            {slotText(`${cell.on}/${cell.shift}/${cell.role}`, rules)}
            <strong>{cell.name || t(cell.gap ? "roster.gap.short" : "roster.free")}</strong>
          </p>
        )}
        <p className="roster-why-words">
          {reasons
            ? reasons.map((reason) => whyText(t, reason)).join(t("roster.plan.then"))
            : gapHere
              ? gapText(gapHere)
              : t(cell && cell.on < plan.fromOn ? "roster.plan.stays" : "roster.plan.no_reason")}
        </p>
      </section>
      {plan.wishes.length > 0 && (
        <section className="roster-against" aria-labelledby="roster-plan-wishes">
          <h2 id="roster-plan-wishes">
            {t("roster.plan.wishes", { kept: plan.wishes.filter(({ kept }) => kept).length, all: plan.wishes.length })}
          </h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <ul tabIndex={0} aria-labelledby="roster-plan-wishes">
            {plan.wishes
              .filter(({ kept }) => !kept)
              .map((wish) => (
                <li key={`${wish.officerId}/${wish.on}/${wish.shift}/${wish.want}`}>
                  {t(`roster.plan.wish.${wish.want}`, { name: nameOf(wish.officerId), day: dutyDayText(wish.on) })}
                </li>
              ))}
          </ul>
        </section>
      )}
      <FairTable plan={plan} nameOf={nameOf} />
    </aside>
  );
}

const kinds = ["shifts", "nights", "weekends", "holidays"] as const;

/** Equals stand together: only among them does "who has more" mean something. */
function FairTable({ plan, nameOf }: Pick<Props, "plan" | "nameOf">) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="roster-load" aria-labelledby="roster-fair-title" tabIndex={0}>
      <header className="roster-side-head">
        <h2 id="roster-fair-title">{t("roster.fair")}</h2>
      </header>
      <table className="roster-load-table is-fair">
        <thead>
          <tr>
            <th scope="col">{t("roster.load.name")}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {t(`roster.fair.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.fairness.map((row, index) => (
            <tr
              key={row.officerId}
              className={index > 0 && plan.fairness[index - 1]?.group !== row.group ? "is-next-group" : ""}
            >
              <th scope="row">{nameOf(row.officerId)}</th>
              {kinds.map((kind) => (
                <td key={kind}>{row[kind]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="roster-fair-note">
        {t("roster.fair.groups")}
        {plan.yearsWithoutNotice.map((year) => t("roster.fair.no_notice", { year })).join("")}
      </p>
    </section>
  );
}
