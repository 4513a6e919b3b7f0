import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useRef } from "react";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { RecoveryScreen } from "#renderer/features/recovery/RecoveryScreen.tsx";
import { LockScreen } from "#renderer/features/session/LockScreen.tsx";
import { SignIn } from "#renderer/features/session/SignIn.tsx";
import { ErrorNote, NoPaper } from "#renderer/parts/index.ts";
import { AlarmBand } from "./AlarmBand.tsx";
import { AlarmBar } from "./AlarmBar.tsx";
import { AlarmSound } from "./AlarmSound.tsx";
import { Fault } from "./Fault.tsx";
import { Frame } from "./Frame.tsx";
import { LookSwitch } from "./KeyStrip.tsx";
import { LostBanner } from "./LostBanner.tsx";
import { Look } from "./look.tsx";
import { ShiftStrip } from "./ShiftStrip.tsx";
import { usePage } from "./store.ts";
import { useRules } from "./use-rules.ts";

export function App() {
  return (
    <QueryClientProvider client={deskAnswers}>
      <Look>
        <Fault>
          <Door />
          <NoPaper />
        </Fault>
      </Look>
    </QueryClientProvider>
  );
}

/** Seen once in the life of a desk, and made with antd: no start after it waits for that. */
const SetupScreen = lazy(() =>
  import("#renderer/features/setup/SetupScreen.tsx").then((it) => ({ default: it.SetupScreen })),
);

/** What the desk is ready for: recovery, first choice, sign-in, work. */
function Door() {
  const status = useDesk("system.status", {});
  const ready = status.data?.phase === "ready";
  const session = useDesk("session.current", {}, { enabled: ready });
  useRules(ready);
  const shownFor = useRef<string | null>(null);
  const worked = useRef<string | null>(null);
  const left = usePage((page) => page.left);

  if (!status.data) {
    return (
      <div className="door">
        <div className="door-body">{status.error && <ErrorNote error={status.error} again={status.again} />}</div>
      </div>
    );
  }
  if (status.data.phase !== "ready") {
    return (
      <div className="door">
        <div className="door-body">
          <LostBanner />
          <Suspense>
            {status.data.phase === "recovery" ? <RecoveryScreen status={status.data} /> : <SetupScreen />}
          </Suspense>
        </div>
        <footer className="keys keys-door">
          <LookSwitch />
        </footer>
      </div>
    );
  }
  if (!session.data) return <div className="door">{session.error && <ErrorNote error={session.error} />}</div>;
  const { officer, lockedAt } = session.data;
  if (officer) {
    // A page that comes up locked has nothing below the lock yet: the work is shown after the PIN.
    const isShown = lockedAt === null || shownFor.current === officer.id;
    if (lockedAt === null) shownFor.current = officer.id;
    worked.current = officer.id;
    return (
      <>
        <AlarmSound />
        {isShown && <Frame key={officer.id} officer={officer} locked={lockedAt !== null} />}
        {lockedAt !== null && (
          <LockScreen officer={officer} lockedAt={lockedAt} status={status.data} foot={<DoorFoot />}>
            <ShiftStrip officer={null} overLock />
            <AlarmBand who="locked" />
          </LockScreen>
        )}
      </>
    );
  }
  shownFor.current = null;
  return (
    <div className="door has-strip">
      <AlarmSound />
      <ShiftStrip officer={null} />
      <div className="frame-alarms">
        <AlarmBand who="nobody" />
      </div>
      <div className="door-body">
        <LostBanner />
        <SignIn status={status.data} brokenOff={worked.current === left ? null : worked.current} />
      </div>
      <DoorFoot />
    </div>
  );
}

/** Before a desk that nobody has opened: what sounds is named, nothing can be done to it. */
function DoorFoot() {
  return (
    <footer className="keys keys-door">
      <div className="keys-news">
        <AlarmBar canAct={false} />
      </div>
      <LookSwitch />
    </footer>
  );
}
