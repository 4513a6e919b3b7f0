import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ErrorNote } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { monthText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import {
  isNight,
  type PatternCode,
  patternCodes,
  patternFaults,
  patternNames,
  patternRules,
  requiredOf,
  usualChangeMin,
} from "#shared/domain/roster/patterns.ts";
import { dutyRoles, type RosterRules, roleNames, rulesOn } from "#shared/domain/roster/roster.ts";
import type { DeskError } from "#shared/errors.ts";
import { dayOf } from "#shared/lib/time.ts";
import { instantOfText } from "./day-strip.ts";
import { monthBeside } from "./month-grid.ts";
import { SubPlace } from "./SubPlace.tsx";

type Shift = RosterRules["shifts"][number];

const clock = (minute: number): string =>
  `${String(Math.floor((minute % 1440) / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const minuteOf = (text: string): number | undefined => {
  const at = instantOfText("1970-01-01", text, 0);
  return at === undefined ? undefined : at / 60_000;
};

/** Settings of the roster from a coming month on: pattern, times of the shifts, how many of each role. */
export function RulesPlace({ tables, now, onLeave }: { tables: Tables; now: number; onLeave: () => void }) {
  const t = useText();
  const me = useDesk("session.current", {}).data?.officer;
  const thisMonth = dayOf(now, tables.roster.offsetMin).slice(0, 7);
  const months = [1, 2, 3, 4, 5, 6].reduce<string[]>((list) => [...list, monthBeside(list.at(-1) ?? thisMonth, 1)], []);
  const [month, setMonth] = useState(months[0] ?? "");
  const present = rulesOn(tables.roster, `${month}-01`);
  const { typed, type, drop } = useTyped<{
    readonly pattern: RosterRules["pattern"];
    readonly shifts: readonly Shift[];
  }>(`roster_rules:${month}`, { pattern: present.pattern, shifts: withNumbers(present) });
  const { pattern, shifts } = typed;
  const [said, setSaid] = useState("");
  const [error, setError] = useState<DeskError>();
  const { act, busy } = useAct("roster.rules");
  const faults = patternFaults([...shifts]);
  const isAdmin = me?.grade === "admin";

  const choose = (code: PatternCode) => {
    if (code === "free") type({ pattern: code });
    else {
      const { shifts: drawn } = patternRules(code, {
        offsetMin: 0,
        required: present.required,
        changeMin: shifts[0]?.startMin ?? usualChangeMin,
      });
      type({ pattern: code, shifts: drawn.map((shift) => ({ ...shift, required: { ...present.required } })) });
    }
  };
  const change = (at: number, part: Partial<Shift>) => {
    const isOwn = part.startMin !== undefined || part.lengthMin !== undefined;
    type({
      ...(isOwn ? { pattern: "free" } : {}),
      shifts: shifts.map((shift, index) => (index === at ? { ...shift, ...part } : shift)),
    });
  };

  async function save(): Promise<void> {
    const required = { ...present.required, ...shifts[0]?.required };
    const outcome = await act({
      fromOn: `${month}-01`,
      label: t("roster.rules.label", { month: monthText(month) }),
      pattern,
      shifts: shifts.map((shift) => ({ ...shift, night: isNight({ ...shift, night: undefined }) })),
      required,
    });
    setError(outcome.ok ? undefined : outcome.error);
    if (!outcome.ok) return;
    drop();
    setSaid(t("roster.rules.done", { month: monthText(month) }));
  }

  return (
    <SubPlace
      title={t("roster.rules")}
      onLeave={onLeave}
      said={said}
      tools={
        <Button tone="next" hotkey={confirmKey} disabled={!isAdmin || busy} onPress={() => void save()}>
          {t("roster.rules.save")}
        </Button>
      }
    >
      {error && <ErrorNote error={error} />}
      <div className="roster-rules">
        <div className="roster-form-pair">
          <label className="roster-form-row">
            <span>{t("roster.rules.from")}</span>
            <select className="input" value={month} onChange={(event) => setMonth(event.target.value)}>
              {months.map((one) => (
                <option key={one} value={one}>
                  {t("roster.rules.from_month", { month: monthText(one) })}
                </option>
              ))}
            </select>
          </label>
          <label className="roster-form-row">
            <span>{t("roster.rules.pattern")}</span>
            <select className="input" value={pattern} onChange={(event) => choose(event.target.value as PatternCode)}>
              {patternCodes.map((code) => (
                <option key={code} value={code}>
                  {say(patternNames[code])}
                </option>
              ))}
            </select>
          </label>
        </div>
        <table className="roster-table roster-rules-table">
          <thead>
            <tr>
              <th scope="col">{t("roster.rules.name")}</th>
              <th scope="col">{t("roster.rules.start")}</th>
              <th scope="col">{t("roster.rules.end")}</th>
              {dutyRoles.map((role) => (
                <th key={role} scope="col">
                  {say(roleNames[role])}
                </th>
              ))}
              <th scope="col" aria-label={t("roster.rules.remove")} />
            </tr>
          </thead>
          <tbody>
            {shifts.map((shift, index) => (
              <ShiftRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the list
                key={index}
                shift={shift}
                onChange={(part) => change(index, part)}
                onRemove={
                  shifts.length > 1
                    ? () => type({ pattern: "free", shifts: shifts.filter((_, at) => at !== index) })
                    : undefined
                }
              />
            ))}
          </tbody>
        </table>
        {shifts.length < 6 && (
          <Button
            onPress={() => {
              const last = shifts.at(-1);
              const added: Shift = {
                code: nextCode(shifts),
                name: { zh: `${shifts.length + 1}班`, en: `Shift ${shifts.length + 1}` },
                startMin: last ? (last.startMin + last.lengthMin) % 1440 : usualChangeMin,
                lengthMin: 240,
                required: { ...last?.required },
              };
              type({ pattern: "free", shifts: [...shifts, added] });
            }}
          >
            {t("roster.rules.add")}
          </Button>
        )}
        {faults.map((fault) => (
          <p key={`${fault.fault}/${fault.fromMin}/${fault.shift}`} className="roster-refused">
            {t(`roster.rules.fault.${fault.fault}`, { from: clock(fault.fromMin), to: clock(fault.toMin) })}
          </p>
        ))}
        <p className="roster-hint">{t(isAdmin ? "roster.rules.how" : "roster.rules.admin_only")}</p>
      </div>
    </SubPlace>
  );
}

const nextCode = (shifts: readonly Shift[]): string => {
  for (let n = 1; ; n++) if (!shifts.some(({ code }) => code === `s${n}`)) return `s${n}`;
};

/** Every shift with its own numbers, so that each can be changed by itself. */
const withNumbers = (rules: RosterRules): Shift[] =>
  rules.shifts.map((shift) => ({
    ...shift,
    required: Object.fromEntries(dutyRoles.map((role) => [role, requiredOf(rules, shift.code, role)])),
  }));

function ShiftRow({
  shift,
  onChange,
  onRemove,
}: {
  shift: Shift;
  onChange: (part: Partial<Shift>) => void;
  onRemove: (() => void) | undefined;
}) {
  const t = useText();
  const [start, setStart] = useState(clock(shift.startMin));
  const [end, setEnd] = useState(clock(shift.startMin + shift.lengthMin));
  const [seen, setSeen] = useState(shift);
  // Another pattern was chosen: the fields follow it.
  if (seen.startMin !== shift.startMin || seen.lengthMin !== shift.lengthMin || seen.code !== shift.code) {
    setSeen(shift);
    setStart(clock(shift.startMin));
    setEnd(clock(shift.startMin + shift.lengthMin));
  }
  const settle = (from: string, to: string) => {
    const [a, b] = [minuteOf(from), minuteOf(to)];
    if (a === undefined || b === undefined) return;
    const part = { startMin: a, lengthMin: b > a ? b - a : b + 1440 - a };
    setSeen({ ...shift, ...part });
    onChange(part);
  };
  return (
    <tr>
      <td>
        <input
          className="input"
          aria-label={t("roster.rules.name")}
          maxLength={12}
          value={say(shift.name)}
          onChange={(event) => onChange({ name: { zh: event.target.value, en: event.target.value } })}
        />
      </td>
      <td>
        <input
          className="input roster-time"
          aria-label={t("roster.rules.start")}
          value={start}
          onChange={(event) => {
            setStart(event.target.value);
            settle(event.target.value, end);
          }}
        />
      </td>
      <td>
        <input
          className="input roster-time"
          aria-label={t("roster.rules.end")}
          value={end}
          onChange={(event) => {
            setEnd(event.target.value);
            settle(start, event.target.value);
          }}
        />
      </td>
      {dutyRoles.map((role) => (
        <td key={role}>
          <input
            className="input roster-number"
            aria-label={say(roleNames[role])}
            inputMode="numeric"
            value={shift.required?.[role] ?? 0}
            onChange={(event) => {
              const count = Number(event.target.value.replace(/\D/g, "").slice(-2));
              onChange({ required: { ...shift.required, [role]: Math.min(count, 20) } });
            }}
          />
        </td>
      ))}
      <td>
        {onRemove && (
          <button type="button" className="button button-link" onClick={onRemove}>
            {t("roster.rules.remove")}
          </button>
        )}
      </td>
    </tr>
  );
}
