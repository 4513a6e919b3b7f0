import { useLayoutEffect, useRef } from "react";
import { type PlaceKey, placeKeys, usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, Key, LevelMark, SyncMark, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";

/** After saving: one line that is true now and stays true while one looks. */
export function IntakeSaved({ event, close, again }: { event: DutyEvent; close: () => void; again: () => void }) {
  const t = useText();
  const { goTo, selectEvent } = usePage();
  const sync = useDesk("event.get", { id: event.id }).data?.sync ?? { state: "local" };
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const open = () => {
    close();
    selectEvent(event.id);
    goTo("queue", { eventId: event.id, view: "open" });
  };
  const leaveFor = (place: PlaceKey) => {
    close();
    goTo(place);
  };
  return (
    <div className="intake-saved">
      {placeKeys.map((place) => (
        <WayOut key={place} place={place} go={leaveFor} />
      ))}
      <p className="intake-saved-line" role="status">
        <b>{t("intake.saved", { number: event.number })}</b>
        <LevelMark level={event.level} />
        <span className="one-line">{event.title}</span>
      </p>
      {event.lead && (
        <p>
          {t("intake.saved.sent", { lead: event.lead.name })}
          {event.coHandlers.length > 0 &&
            t("intake.saved.with", { parties: event.coHandlers.map(({ name }) => name).join("、") })}
          {t("intake.saved.tell")}
        </p>
      )}
      <p>
        <SyncMark sync={sync} />
      </p>
      <div className="action-form-foot">
        <button ref={first} type="button" className="button button-next" onClick={open}>
          {t("intake.open")} <Key name="Enter" />
        </button>
        <Button hotkey={hotkeys.saved.again} onPress={again}>
          {t("intake.again")}
        </Button>
        <Button onPress={close}>
          {t("parts.close")} <Key name="Esc" />
        </Button>
      </div>
    </div>
  );
}

/** All is saved here: nothing is lost by a hand that goes on at once. */
function WayOut({ place, go }: { place: PlaceKey; go: (place: PlaceKey) => void }) {
  useHotkey(hotkeys.everywhere[place], () => go(place));
  return null;
}
