import { useAct, useConnection, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, Key, Sample, untilMinute, useHotkey, useTime } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { dayText, durationText, phoneText, timeText } from "#renderer/text/format.ts";
import { linkWords } from "#renderer/text/link-text.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DeskNow, LinkStatus, OfficerView, PresenceNow } from "#shared/contract.ts";
import { gradeNames } from "#shared/domain/officer/officer.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import { LinkMarks } from "./LinkMarks.tsx";
import { SecondHand } from "./SecondHand.tsx";
import { crewOf, leftWords } from "./shift-words.ts";
import { usePage } from "./store.ts";

/** From here on the remaining time of the shift is news: the relief comes ten minutes early. */
const reliefMs = 15 * 60_000;
/** A clock further off than this is said aloud. */
const clockTroubleMs = 60_000;

/** One glance, always in the same place: who, until when, is the link alive and what waits, what time is it. Over a lock it is no second head of the page. */
export function ShiftStrip({ officer, overLock = false }: { officer: OfficerView | null; overLock?: boolean }) {
  const t = useText();
  const now = useDesk("desk.now", {}, { everyMs: 30_000 }).data;
  const link = useDesk("link.status", {}, { everyMs: 15_000 }).data;
  const handing = useDesk("presence.now", {}).data?.handing;
  const isLost = useConnection().state === "lost";
  return (
    <header role={overLock ? "group" : undefined} className={isLost ? "strip is-lost" : "strip"}>
      <div className="strip-street">
        <strong className="one-line">{now ? t("strip.centre", { street: now.streetName }) : ""}</strong>
        {now?.sample && <Sample />}
      </div>
      {now && <Shift now={now} />}
      {now && (handing ? <Handing handing={handing} /> : <People now={now} />)}
      <div className="strip-end">
        {isLost && <span className="badge badge-act">{t("strip.lost")}</span>}
        {link && !isLost && <Link status={link} canOpen={officer !== null} />}
        <WallClock offsetMs={link?.clockOffsetMs ?? null} moved={link?.clock ?? null} />
        {officer && <OfficerMenu officer={officer} />}
      </div>
    </header>
  );
}

function Shift({ now }: { now: DeskNow }) {
  const t = useText();
  const shift = now.current;
  const left = useTime((at) => {
    const endAt = shift?.endAt ?? at;
    return { words: leftWords(t, endAt, at), isSoon: endAt - at < reliefMs };
  });
  if (!shift) return <div className="strip-shift is-gap">{t("strip.no_shift")}</div>;
  return (
    <div className="strip-shift">
      <span>{say(shift.name)}</span>
      <span className="figures">
        {timeText(shift.startAt)}–{timeText(shift.endAt)}
      </span>
      <span className={`figures strip-left ${left.isSoon ? "is-soon" : ""}`}>{left.words}</span>
    </div>
  );
}

/** PS-3: who is not relieved stays named until the relief has signed. */
function Handing({ handing }: { handing: NonNullable<PresenceNow["handing"]> }) {
  const t = useText();
  const over = useTime((at) => durationText(at - handing.dueAt));
  return (
    <p className="strip-handing one-line">
      {t("strip.handing", { names: handing.responsible.join(t("strip.and")), over })}
    </p>
  );
}

function People({ now }: { now: DeskNow }) {
  const t = useText();
  const gaps = now.gapsNow.map(({ role }) => role);
  return (
    <dl className="strip-people">
      {crewOf(t, now.current?.people ?? [], gaps).map(({ role, names, isGap }) => (
        <div key={role} className={isGap ? "is-gap" : undefined}>
          <dt>{t(`strip.role.${role}`)}</dt>
          <dd className="one-line" title={`${say(roleNames[role])} ${names}`}>
            {names || t("strip.gap")}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A click opens the link screen at the cause. */
function Link({ status, canOpen }: { status: LinkStatus; canOpen: boolean }) {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  const reason = useTime((at) => linkWords(t, status.link, at).reason);
  return (
    <button
      type="button"
      className="strip-link"
      disabled={!canOpen}
      title={reason || undefined}
      onClick={() => goTo("link")}
    >
      <LinkMarks status={status} />
    </button>
  );
}

function WallClock({ offsetMs, moved }: { offsetMs: number | null; moved: LinkStatus["clock"] }) {
  const t = useText();
  const day = useTime(dayText, untilMinute);
  const trouble = offsetMs !== null && Math.abs(offsetMs) > clockTroubleMs;
  return (
    <div className="strip-clock">
      <span className="strip-day">{day}</span>
      <SecondHand />
      {moved && (
        <span className="badge badge-act" title={t(`strip.clock.${moved.why}.about`)}>
          {t(moved.aheadMs > 0 ? "strip.clock.moved.ahead" : "strip.clock.moved.behind", {
            length: durationText(moved.aheadMs),
          })}
        </span>
      )}
      {trouble && !moved && (
        <span className="badge badge-watch" title={t("strip.clock.about")}>
          {t(offsetMs > 0 ? "strip.clock.ahead" : "strip.clock.behind", { length: durationText(offsetMs) })}
        </span>
      )}
    </div>
  );
}

const lockKey = hotkeys.always.lock;

function OfficerMenu({ officer }: { officer: OfficerView }) {
  const t = useText();
  const page = usePage();
  const { forget } = page;
  const lock = useAct("session.lock");
  const lockNow = () => void lock.act({});
  // Whoever must leave at once locks at once, whatever is open.
  useHotkey(lockKey, lockNow, { label: t("strip.lock"), always: true });
  const { act, busy } = useAct("session.signOut");
  return (
    <div className="strip-officer">
      <button type="button" className="button strip-name" popoverTarget="officer-menu">
        <span className="one-line">{officer.name}</span>
      </button>
      <div id="officer-menu" popover="auto" className="popover officer-menu">
        <p className="officer-menu-name">{officer.name}</p>
        <p className="soft">{say(gradeNames[officer.grade])}</p>
        {officer.post && <p className="soft">{officer.post}</p>}
        {officer.phone && <p className="soft figures">{phoneText(officer.phone)}</p>}
        <div className="officer-menu-acts">
          <Button onPress={() => page.openArrive(true)}>{t("presence.arrive.title")}</Button>
          <button type="button" className="button" onClick={lockNow}>
            {t("strip.lock")} <Key name={lockKey} />
          </button>
          <Button onPress={() => page.openPin("change")}>{t("pin.title.change")}</Button>
          {officer.grade === "admin" && <Button onPress={() => page.openPin("reset")}>{t("pin.title.reset")}</Button>}
        </div>
        <p className="officer-menu-words">{t("strip.sign_out.about")}</p>
        <Button
          disabled={busy}
          onPress={async () => {
            page.leave(officer.id);
            await act({});
            forget();
          }}
        >
          {t("strip.sign_out")}
        </Button>
      </div>
    </div>
  );
}
