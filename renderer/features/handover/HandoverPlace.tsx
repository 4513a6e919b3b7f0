import "./handover.css";
import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { HandoverList, present } from "./HandoverList.tsx";
import { PastHandover } from "./PastHandover.tsx";
import { PresentHandover } from "./PresentHandover.tsx";

/** The handover place: what was handed over, and what is being handed over now. */
export function HandoverPlace() {
  const t = useText();
  const [chosen, setChosen] = useState(present);
  const draft = useDesk("handover.draft", {}, { everyMs: 60_000 });
  // One that both have signed is in the list; what is being handed over now is one row above it, while there is something.
  const phase = draft.data?.phase;
  const done = phase === "sealed" || phase === "contested" ? draft.data?.handoverId : undefined;
  const shown = chosen === present && done ? done : chosen;
  return (
    <section className="handover-place" aria-label={t("handover.title")}>
      <HandoverList draft={draft.data} done={done} shown={shown} onShow={setChosen} />
      <div className="handover-main">
        {shown !== present ? (
          <PastHandover key={shown} id={shown} />
        ) : draft.error && !draft.data ? (
          <NoDraft error={draft.error} again={draft.again} />
        ) : draft.data ? (
          <PresentHandover key={draft.data.handoverId} draft={draft.data} onSigned={setChosen} />
        ) : (
          <EmptyState title={t("handover.opening")} />
        )}
      </div>
    </section>
  );
}

function NoDraft({ error, again }: { error: Parameters<typeof ErrorNote>[0]["error"]; again: () => void }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  return (
    <div className="handover-empty">
      <ErrorNote error={error} again={again} />
      <Button tone="next" onPress={() => goTo("roster")}>
        {t("handover.to_roster")}
      </Button>
    </div>
  );
}
