import { usePage } from "#renderer/app/store.ts";
import { Button } from "#renderer/parts/index.ts";
import { dutyDayText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DeskNow } from "#shared/contract.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";

/** What must not wait and is no event: an uncovered role, a shift that was not handed over. */
export function Alarms({ now }: { now: DeskNow }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  const roles = [...new Set(now.gapsNow.map((gap) => gap.role))];
  const overdueOn = now.handoverOverdueOn?.split("/")[0];
  if (roles.length === 0 && !overdueOn) return null;
  return (
    <div className="desk-alarms" role="alert">
      {roles.length > 0 && (
        <div className="alarm">
          <span>
            <strong>{t("desk.gap_now")}</strong> {roles.map((role) => say(roleNames[role])).join(t("strip.and"))}
            {t("desk.gap_now.next")}
          </span>
          <Button onPress={() => goTo("roster")}>{t("desk.gap_now.open")}</Button>
        </div>
      )}
      {overdueOn && (
        <div className="alarm">
          <span>
            <strong>{t("desk.handover_overdue")}</strong>{" "}
            {t("desk.handover_overdue.about", { day: dutyDayText(overdueOn) })}
          </span>
          <Button onPress={() => goTo("handover")}>{t("desk.handover_overdue.open")}</Button>
        </div>
      )}
    </div>
  );
}
