import { type CSSProperties, type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { holdsUntil } from "#renderer/parts/clock-bar.tsx";
import { ClockBar, EmptyState, LevelMark, StateTag, useTime } from "#renderer/parts/index.ts";
import { shortNumber } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { WallRow } from "#shared/contract.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import { sealedName } from "#shared/domain/duty-event/sealed-name.ts";
import { pageAt, turningOf, turnMs } from "./wall-pages.ts";

/** Heights of a row in the wall's own unit, a hundredth of its width; where there is room for all, titles have a second line. */
const rowUnits = 4.2;
const roomyRowUnits = 5.9;
const unitPx = () => Math.min(innerWidth / 100, (innerHeight / 100) * (16 / 9));
/** Where nothing is laid out, such as in a test. */
const unknownUnits = 12 * rowUnits;

/** WL-3: the most pressing stay, the others turn. */
export function WallList({ rows, open, at }: { rows: readonly WallRow[]; open: number; at: number }) {
  const t = useText();
  const list = useRef<HTMLUListElement>(null);
  const units = useUnits(list);
  const isRoomy = rows.length <= Math.floor(units / roomyRowUnits);
  const turning = useMemo(() => {
    const isPressing = ({ level, clock }: WallRow) => level === "critical" || clockAt(clock, at).state === "late";
    return turningOf(rows.length, rows.filter(isPressing).length, Math.max(1, Math.floor(units / rowUnits)));
  }, [rows, at, units]);
  const page = useTime((now) => pageAt(turning, now), nextTurn);
  const { stay, turn, pages } = turning;
  const turned = rows.slice(stay + page * turn, stay + (page + 1) * turn);
  const beyond = open - rows.length;
  return (
    <section className={isRoomy ? "wall-list is-roomy" : "wall-list"} aria-label={t("wall.list")}>
      <ul ref={list} style={{ "--row": isRoomy ? roomyRowUnits : rowUnits } as CSSProperties}>
        {rows.slice(0, stay).map((row) => (
          <Row key={row.id} row={row} />
        ))}
        {pages > 1 && (
          <li className="wall-page figures">
            {t("wall.page", { page: page + 1, pages })}
            {beyond > 0 && <span>{t("wall.beyond", { count: beyond })}</span>}
          </li>
        )}
        {turned.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      {rows.length === 0 && <EmptyState title={t("wall.list.none")}>{t("wall.list.none.about")}</EmptyState>}
    </section>
  );
}

const nextTurn = (now: number): number => (Math.floor(now / turnMs) + 1) * turnMs;

/** The height of the list in the wall's own unit. */
function useUnits(list: RefObject<HTMLUListElement | null>): number {
  const [units, setUnits] = useState(unknownUnits);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box || typeof ResizeObserver === "undefined") return;
    const look = () => {
      if (box.clientHeight > 0) setUnits(box.clientHeight / unitPx());
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, [list]);
  return units;
}

function Row({ row }: { row: WallRow }) {
  const t = useText();
  const { confidential, clock, level, state, number, title, place, lead, partyDueAt } = row;
  const { late, party } = useTime(
    (now) => {
      const late = clockAt(clock, now).state === "late";
      return { late, party: !late && state !== "reported" && partyDueAt !== null && partyDueAt < now };
    },
    (now) =>
      Math.min(
        holdsUntil(clock, now),
        partyDueAt !== null && partyDueAt >= now ? partyDueAt + 1 : Number.POSITIVE_INFINITY,
      ),
  );
  return (
    <li className={late ? "wall-row is-late" : "wall-row"}>
      <LevelMark level={level} />
      <span className="wall-words">
        <strong className="wall-row-title">{confidential ? say(sealedName) : title}</strong>
        <span className="one-line soft">
          <span className="figures">{shortNumber(number)}</span>
          {[place, lead].filter(Boolean).map((words) => ` · ${words}`)}
        </span>
      </span>
      <span className="wall-state">
        <StateTag state={state} />
        {party && <span className="wall-party">{t("wall.party")}</span>}
      </span>
      <span className="wall-due">
        {late && (
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 2 23 22H1z" />
          </svg>
        )}
        <ClockBar clock={clock} />
      </span>
    </li>
  );
}
