import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote, Sample, SyncMark, useMinute } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { countText, dayText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { HazardRow } from "#shared/contract.ts";
import { hazardGradeNames, hazardStateNames, hazardStepOf, isHazardOpen } from "#shared/domain/hazard/hazard.ts";
import type { Point } from "../marks.ts";
import { FaultCard } from "./FaultHistory.tsx";
import { HazardForm } from "./HazardForm.tsx";
import { History, Steps } from "./Steps.tsx";

interface Props {
  /** Where a new hazard is found, and what stands there. */
  readonly target: { readonly point: Point; readonly name: string; readonly assetId: string } | undefined;
  readonly onShow: (point: Point) => void;
}

/** Open hazards, soonest limit first, and open faults of devices. */
export function UpkeepPanel({ target, onShow }: Props) {
  const t = useText();
  const hazards = useDesk("hazard.list", {});
  const faults = useDesk("fault.list", {});
  const [entering, setEntering] = useState(false);
  return (
    <div className="upkeep">
      <section aria-labelledby="upkeep-hazards">
        <header className="map-side-head">
          <h2 id="upkeep-hazards">{t("upkeep.hazards")}</h2>
          {hazards.data && (
            <span className={hazards.data.late > 0 ? "map-total is-late" : "map-total"}>
              {t("upkeep.hazards.count", { open: countText(hazards.data.open), late: countText(hazards.data.late) })}
            </span>
          )}
        </header>
        {hazards.error && <ErrorNote error={hazards.error} again={hazards.again} />}
        <div className="upkeep-new">
          {entering ? (
            <HazardForm target={target} onClose={() => setEntering(false)} />
          ) : (
            <Button
              tone="next"
              hotkey={hotkeys.upkeep.hazard}
              keyLabel={t("upkeep.hazard.new")}
              onPress={() => setEntering(true)}
            >
              {t("upkeep.hazard.new")}
            </Button>
          )}
        </div>
        {hazards.data?.rows.map((row) => (
          <HazardCard key={row.hazard.id} row={row} onShow={onShow} />
        ))}
        {hazards.data?.rows.length === 0 && <p className="map-hint">{t("upkeep.hazards.none")}</p>}
      </section>
      <section aria-labelledby="upkeep-faults">
        <header className="map-side-head">
          <h2 id="upkeep-faults">{t("upkeep.faults")}</h2>
          {faults.data && (
            <span className="map-total">{t("map.in_view.count", { count: countText(faults.data.total) })}</span>
          )}
        </header>
        {faults.error && <ErrorNote error={faults.error} again={faults.again} />}
        {faults.data?.rows.map((row) => (
          <FaultCard key={row.fault.id} row={row} named />
        ))}
        {faults.data?.rows.length === 0 && <p className="map-hint">{t("upkeep.faults.none")}</p>}
      </section>
    </div>
  );
}

function HazardCard({ row, onShow }: { row: HazardRow; onShow: (point: Point) => void }) {
  const t = useText();
  const now = useMinute();
  const { act } = useAct("hazard.act");
  const { hazard, actions, sync } = row;
  const late = isHazardOpen(hazard.state) && hazard.dueAt <= now;
  const { point, text } = hazard.place;
  return (
    <article className="upkeep-card">
      <p className="upkeep-title">
        <span className="upkeep-state is-open">{say(hazardStateNames[hazard.state])}</span>
        <span>{hazard.title}</span>
        {hazard.sample && <Sample />}
        <SyncMark sync={sync} short />
      </p>
      <p className="upkeep-facts">
        <span className={late ? "upkeep-due is-late" : "upkeep-due"}>
          {t(late ? "upkeep.due.late" : "upkeep.due", { day: dayText(hazard.dueAt - 1) })}
        </span>
        <span>{say(hazardGradeNames[hazard.grade])}</span>
        <span>{hazard.party || t("upkeep.party.none")}</span>
        {point ? (
          <button type="button" className="link" onClick={() => onShow(point)}>
            {text || t("upkeep.show")}
          </button>
        ) : (
          <span>{text}</span>
        )}
      </p>
      <History
        begun={{ at: hazard.foundAt, by: hazard.foundBy, text: hazard.text, word: t("upkeep.hazard.found") }}
        steps={hazard.steps}
        rowOf={hazardStepOf}
      />
      <Steps
        of={hazard.id}
        actions={actions}
        rowOf={hazardStepOf}
        send={(action, given) => act({ id: hazard.id, action, given })}
      />
    </article>
  );
}
