import { usePage } from "#renderer/app/store.ts";
import { Button, ClockBar, Confidential, Field, Fields, LevelMark, Sample, StateTag } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { titleText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventRow } from "#shared/contract.ts";
import { isGone } from "#shared/domain/duty-event/event.ts";

/** An event on the map, and the way to it in the queue. */
export function EventFacts({ row }: { row: EventRow }) {
  const t = useText();
  const { goTo, selectEvent } = usePage();
  return (
    <div className="map-facts">
      <p className="map-facts-title">
        <LevelMark level={row.level} />
        <span>{titleText(row.title)}</span>
        {row.confidential && <Confidential />}
        {row.sample && <Sample />}
      </p>
      <div className="map-facts-line">
        <StateTag state={row.state} />
        <ClockBar clock={row.clock} long givenUp={isGone(row.state)} />
      </div>
      <Fields>
        <Field label={t("map.event.number")} wide>
          <span className="map-figures">{row.number}</span>
        </Field>
        <Field label={t("map.event.place")} wide>
          {row.place.text || [row.place.community, row.place.grid].filter(Boolean).join(" ") || t("map.event.unsaid")}
        </Field>
        <Field label={t("map.event.lead")} wide>
          {row.lead?.name ?? t("map.event.no_lead")}
        </Field>
      </Fields>
      <Button
        tone="next"
        hotkey={hotkeys.chosen.openEvent}
        keyLabel={t("map.event.open")}
        onPress={() => {
          selectEvent(row.id);
          goTo("queue");
        }}
      >
        {t("map.event.open")}
      </Button>
    </div>
  );
}
