import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { deskAnswers, followDesk, useDesk } from "#renderer/bridge/use-desk.ts";
import { RecoveryScreen } from "#renderer/features/recovery/RecoveryScreen.tsx";
import { SignIn } from "#renderer/features/session/SignIn.tsx";
import { SetupScreen } from "#renderer/features/setup/SetupScreen.tsx";
import { ErrorNote } from "#renderer/parts/index.ts";
import { setZone } from "#renderer/text/format.ts";
import { AlarmBar } from "./AlarmBar.tsx";
import { Fault } from "./Fault.tsx";
import { Frame } from "./Frame.tsx";
import { LookSwitch } from "./KeyStrip.tsx";
import { LostBanner } from "./LostBanner.tsx";
import { Look } from "./look.tsx";
import { ShiftStrip } from "./ShiftStrip.tsx";

export function App() {
  useEffect(followDesk, []);
  return (
    <QueryClientProvider client={deskAnswers}>
      <Look>
        <Fault>
          <Door />
        </Fault>
      </Look>
    </QueryClientProvider>
  );
}

/** What the desk is ready for: recovery, first choice, sign-in, work. */
function Door() {
  const status = useDesk("system.status", {});
  const ready = status.data?.phase === "ready";
  const session = useDesk("session.current", {}, { enabled: ready });
  const offsetMin = useDesk("system.tables", {}, { enabled: ready }).data?.roster.offsetMin;
  if (offsetMin !== undefined) setZone(offsetMin);

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
          {status.data.phase === "recovery" ? <RecoveryScreen status={status.data} /> : <SetupScreen />}
        </div>
        <footer className="keys keys-door">
          <LookSwitch />
        </footer>
      </div>
    );
  }
  if (!session.data) return <div className="door">{session.error && <ErrorNote error={session.error} />}</div>;
  if (session.data.officer) return <Frame key={session.data.officer.id} officer={session.data.officer} />;
  return (
    <div className="door has-strip">
      <ShiftStrip officer={null} />
      <div className="door-body">
        <LostBanner />
        <SignIn status={status.data} />
      </div>
      <footer className="keys keys-door">
        <div className="keys-news">
          <AlarmBar canOpen={false} />
        </div>
        <LookSwitch />
      </footer>
    </div>
  );
}
