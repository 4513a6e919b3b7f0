import { useMemo } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { useText } from "#renderer/text/text.ts";
import type { ShiftView, Tables } from "#shared/contract.ts";
import { instantOf } from "#shared/lib/time.ts";
import { missingIn } from "./gap-groups.ts";
import type { Words } from "./layer-words.ts";
import { loadOf } from "./load.ts";
import { gridOf, monthBeside } from "./month-grid.ts";

/** Everything that the screen of a month shows, asked of the desk and laid out. */
export function useMonth(month: string, tables: Tables) {
  const t = useText();
  const rules = tables.roster;
  const answer = useDesk("roster.month", { month });
  const beside = useDesk("roster.month", { month: monthBeside(month, -1) });
  const coverage = useDesk("roster.coverage", {
    fromAt: instantOf(`${month}-01`, 0, rules.offsetMin),
    toAt: instantOf(`${monthBeside(month, 1)}-01`, 0, rules.offsetMin),
  });
  const layers = useDesk("roster.layers", { month });
  const waiting = useDesk("roster.waiting", {});
  const people = useDesk("officer.list", {});
  const officers = useMemo(() => people.data?.officers ?? [], [people.data]);
  const words = useMemo<Words>(() => {
    const names = new Map(officers.map((officer) => [officer.id, officer.name]));
    return { t, rules, nameOf: (id) => names.get(id) ?? id };
  }, [t, rules, officers]);
  const here = answer.data?.month === month ? answer.data : undefined;
  const shifts = useMemo(() => here?.shifts ?? [], [here]);
  const rows = useMemo(
    () =>
      gridOf(month, rules, shifts, tables.holidays, {
        pieces: here?.pieces ?? [],
        layers: layers.data?.layers ?? [],
        known: here !== undefined,
      }),
    [month, rules, shifts, tables.holidays, here, layers.data],
  );
  const load = useMemo(() => loadOf(rows, rules), [rows, rules]);
  const gaps = coverage.data && !coverage.previous ? coverage.data.gaps : (here?.gaps ?? []);
  const lacking = useMemo(
    () =>
      new Map(
        [...new Set(gaps.map((gap) => `${gap.on}/${gap.shift}`))].map((key) => [
          key,
          missingIn(gaps.filter((gap) => `${gap.on}/${gap.shift}` === key)),
        ]),
      ),
    [gaps],
  );
  const around: readonly ShiftView[] = useMemo(
    () => [...(beside.data?.shifts ?? []), ...shifts],
    [beside.data, shifts],
  );
  const over = useMemo(() => [...(beside.data?.pieces ?? []), ...(here?.pieces ?? [])], [beside.data, here]);
  return { answer, here, coverage, waiting, officers, words, shifts, rows, load, gaps, lacking, around, over };
}
