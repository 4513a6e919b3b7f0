import "./roster.css";
import { useEffect, useMemo, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { saveFile } from "#renderer/bridge/save-file.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { EmptyState, ErrorNote, useMinute } from "#renderer/parts/index.ts";
import { errorText } from "#renderer/text/error-text.ts";
import { useText } from "#renderer/text/text.ts";
import type { MadeFile, Tables } from "#shared/contract.ts";
import { rulesOn } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { dayOf, monthOf } from "#shared/lib/time.ts";
import type { MenuItem } from "./CellMenu.tsx";
import { GapsPlace } from "./GapsPlace.tsx";
import { HistoryPlace } from "./HistoryPlace.tsx";
import { HolidaysPlace } from "./HolidaysPlace.tsx";
import { ImportRoster } from "./ImportRoster.tsx";
import { ImportStaff } from "./ImportStaff.tsx";
import { LayersPlace } from "./LayersPlace.tsx";
import type { Words } from "./layer-words.ts";
import { MonthPlace } from "./MonthPlace.tsx";
import { PlanMonth } from "./PlanMonth.tsx";
import { RulesPlace } from "./RulesPlace.tsx";
import { StaffPlace } from "./StaffPlace.tsx";
import { WishesPlace } from "./WishesPlace.tsx";

/** The roster place: the month, who is on duty when, and every minute that nobody covers. */
export function RosterPlace() {
  const t = useText();
  const tables = useDesk("system.tables", {});
  if (tables.error) return <ErrorNote error={tables.error} again={tables.again} />;
  if (!tables.data) return <EmptyState title={t("roster.opening")} />;
  return <OpenRoster tables={tables.data} />;
}

type Mode =
  | "month"
  | "import"
  | "plan"
  | "layers"
  | "history"
  | "gaps"
  | "wishes"
  | "rules"
  | "holidays"
  | "staff"
  | "import_staff";

function OpenRoster({ tables: all }: { tables: Tables }) {
  const t = useText();
  const now = useMinute();
  const args = usePage((page) => page.args);
  const present = monthOf(dayOf(now, all.roster.offsetMin));
  const [month, setMonth] = useState(present);
  const [mode, setMode] = useState<Mode>(args["open"] === "layers" ? "layers" : "month");
  const [slot, setSlot] = useState<string>();
  const [note, setNote] = useState("");
  const [staffNote, setStaffNote] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new `args` is one arrival
  useEffect(() => {
    if (args["officerId"] === undefined) return;
    setMode("month");
    setMonth(present);
  }, [args]);
  const people = useDesk("officer.list", {});
  const me = useDesk("session.current", {}).data?.officer;
  const excel = useAct("roster.excel");
  const calendar = useAct("roster.calendar");
  // The settings that hold in this month: a change never reaches back (RO-38).
  const tables = useMemo<Tables>(() => ({ ...all, roster: rulesOn(all.roster, `${month}-01`) }), [all, month]);
  const words = useMemo<Words>(() => {
    const names = new Map((people.data?.officers ?? []).map((officer) => [officer.id, officer.name]));
    return { t, rules: tables.roster, nameOf: (id) => names.get(id) ?? id };
  }, [t, tables.roster, people.data]);
  const back = (said: string, to = month) => {
    setNote(said);
    setMonth(to);
    setMode("month");
  };
  const leave = () => back("");
  const save = (made: Promise<Result<MadeFile, DeskError>>) =>
    void made.then((outcome) => {
      if (outcome.ok) saveFile(outcome.value);
      setNote(outcome.ok ? t("roster.saved", { file: outcome.value.fileName }) : errorText(outcome.error));
    });
  const open = (key: Mode): MenuItem => ({ key, words: t(`roster.open.${key}`), run: () => setMode(key) });
  const more: MenuItem[] = [
    { key: "excel", words: t("roster.excel.days"), run: () => save(excel.act({ month })) },
    { key: "matrix", words: t("roster.excel.people"), run: () => save(excel.act({ month, layout: "people" })) },
    { key: "calendar", words: t("roster.calendar.all"), run: () => save(calendar.act({ month })) },
    ...(me
      ? [{ key: "mine", words: t("roster.calendar.mine"), run: () => save(calendar.act({ month, officerId: me.id })) }]
      : []),
    open("history"),
    open("gaps"),
    open("wishes"),
    open("rules"),
    open("holidays"),
    open("staff"),
  ];
  switch (mode) {
    case "import":
      return <ImportRoster tables={tables} onLeave={leave} onDone={back} />;
    case "plan":
      return <PlanMonth tables={tables} month={month} onLeave={leave} onDone={back} />;
    case "layers":
      return <LayersPlace words={words} onLeave={leave} />;
    case "history":
      return (
        <HistoryPlace month={month} slot={slot} words={words} onWhole={() => setSlot(undefined)} onLeave={leave} />
      );
    case "gaps":
      return <GapsPlace words={words} onLeave={leave} />;
    case "wishes":
      return <WishesPlace month={month} tables={tables} words={words} onLeave={leave} />;
    case "rules":
      return <RulesPlace tables={all} now={now} onLeave={leave} />;
    case "holidays":
      return <HolidaysPlace tables={all} onLeave={leave} />;
    case "staff":
      return <StaffPlace note={staffNote} onImport={() => setMode("import_staff")} onLeave={leave} />;
    case "import_staff":
      return (
        <ImportStaff
          onLeave={(said) => {
            setStaffNote(said);
            setMode("staff");
          }}
        />
      );
    default:
      return (
        <MonthPlace
          key={note}
          tables={tables}
          month={month}
          note={note}
          onMonth={setMonth}
          onImport={() => setMode("import")}
          onPlan={() => setMode("plan")}
          onLayers={() => setMode("layers")}
          onHolidays={() => setMode("holidays")}
          onHistory={(one) => {
            setSlot(one);
            setMode("history");
          }}
          more={more}
        />
      );
  }
}
