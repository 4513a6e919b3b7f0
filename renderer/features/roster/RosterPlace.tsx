import "./roster.css";
import "./planning.css";
import { useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { EmptyState, ErrorNote, useMinute } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import { dayOf, monthOf } from "#shared/lib/time.ts";
import { ImportRoster } from "./ImportRoster.tsx";
import { MonthPlace } from "./MonthPlace.tsx";
import { PlanMonth } from "./PlanMonth.tsx";

/** The roster place: the month, who is on duty when, and every minute that nobody covers. */
export function RosterPlace() {
  const t = useText();
  const tables = useDesk("system.tables", {});
  if (tables.error) return <ErrorNote error={tables.error} again={tables.again} />;
  if (!tables.data) return <EmptyState title={t("roster.opening")} />;
  return <OpenRoster tables={tables.data} />;
}

function OpenRoster({ tables }: { tables: Tables }) {
  const now = useMinute();
  const [month, setMonth] = useState(() => monthOf(dayOf(now, tables.roster.offsetMin)));
  const [mode, setMode] = useState<"month" | "import" | "plan">("month");
  const [note, setNote] = useState("");
  const back = (words: string, to = month) => {
    setNote(words);
    setMonth(to);
    setMode("month");
  };
  const leave = () => back("");
  if (mode === "import") return <ImportRoster tables={tables} onLeave={leave} onDone={back} />;
  if (mode === "plan") return <PlanMonth tables={tables} month={month} onLeave={leave} onDone={back} />;
  return (
    <MonthPlace
      tables={tables}
      month={month}
      note={note}
      onMonth={setMonth}
      onImport={() => setMode("import")}
      onPlan={() => setMode("plan")}
    />
  );
}
