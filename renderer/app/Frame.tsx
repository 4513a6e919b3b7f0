import { memo, useEffect, useState } from "react";
import { showFor } from "#renderer/bridge/answers.ts";
import { useConnection } from "#renderer/bridge/use-desk.ts";
import { keepUntaken } from "#renderer/bridge/use-draft.ts";
import { FindPalette } from "#renderer/features/find/FindPalette.tsx";
import { KeySheet } from "#renderer/features/help/KeySheet.tsx";
import { useMapAhead } from "#renderer/features/map/map-ahead.ts";
import { ArriveDialog } from "#renderer/features/presence/ArriveDialog.tsx";
import { PinDialog } from "#renderer/features/presence/PinDialog.tsx";
import { IntakeDialog } from "#renderer/features/queue/IntakeDialog.tsx";
import { bringInitials } from "#renderer/parts/initials.ts";
import { bringLater } from "#renderer/parts/later.tsx";
import { setPaneScope } from "#renderer/parts/pane.tsx";
import { whenIdle } from "#renderer/parts/when-idle.ts";
import type { OfficerView } from "#shared/contract.ts";
import { AlarmBand } from "./AlarmBand.tsx";
import { Fault } from "./Fault.tsx";
import { KeyStrip } from "./KeyStrip.tsx";
import { LostBanner } from "./LostBanner.tsx";
import { PrintHint } from "./PrintHint.tsx";
import { places } from "./places.tsx";
import { Rail } from "./Rail.tsx";
import { ShiftStrip } from "./ShiftStrip.tsx";
import { comeBack, noteStay } from "./stay.ts";
import { usePage } from "./store.ts";
import { useSignsOfLife } from "./use-signs-of-life.ts";

/** What a start has not waited for comes while nobody waits: the other places, the forms, names by their initials. */
function useTheRest(): void {
  useEffect(
    () =>
      whenIdle(() => {
        void bringInitials();
        bringLater();
      }),
    [],
  );
}

/** A core that ended took the session with it: whoever has signed in again finds every word. */
function useUntaken(officerId: string): void {
  const { state } = useConnection();
  useEffect(() => {
    if (state === "up") keepUntaken(officerId);
  }, [state, officerId]);
}

/** What goes on beside the screen, in a component of its own: its news draw nothing anew. */
function Beside({ officerId }: { officerId: string }) {
  useEffect(() => noteStay(officerId), [officerId]);
  useUntaken(officerId);
  useSignsOfLife();
  useMapAhead();
  useTheRest();
  return null;
}

/** The screen of a signed-in officer: rail, strip, place, keys. Drawn anew when the officer or the place is another one, not with each answer. */
export const Frame = memo(function Frame({ officer, locked }: { officer: OfficerView; locked: boolean }) {
  // Before any pane reads its size and anything is asked, so not in an effect; the frame is made anew for each officer.
  useState(() => {
    setPaneScope(officer.id);
    showFor(officer.id);
    comeBack(officer.id);
  });
  const place = usePage((page) => page.place);
  const intakeOpen = usePage((page) => page.intakeOpen);
  const findOpen = usePage((page) => page.findOpen);
  const helpOpen = usePage((page) => page.helpOpen);
  const arriveOpen = usePage((page) => page.arriveOpen);
  const pinOpen = usePage((page) => page.pinOpen);
  const Place = places.find((row) => row.key === place)?.Place;
  return (
    <div className="frame">
      <Beside officerId={officer.id} />
      <PrintHint />
      <Rail />
      <ShiftStrip officer={officer} />
      <div className="frame-alarms">{!locked && <AlarmBand who="officer" />}</div>
      <main className="place" data-place={place}>
        <LostBanner />
        <Fault key={place}>{Place && <Place />}</Fault>
      </main>
      <KeyStrip />
      {intakeOpen && <IntakeDialog />}
      {findOpen && <FindPalette />}
      {helpOpen && <KeySheet />}
      {arriveOpen && <ArriveDialog />}
      {pinOpen && <PinDialog mode={pinOpen} />}
    </div>
  );
});
