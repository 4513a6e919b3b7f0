import { LevelShape } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { useAlarm } from "./alarm.ts";
import { usePage } from "./store.ts";

/** Alarms that nobody has answered: how many, the gravest by its shape, a click opens it. */
export function AlarmBar({ canOpen }: { canOpen: boolean }) {
  const t = useText();
  const { goTo, selectEvent } = usePage();
  const { first, count, sound, silence } = useAlarm(canOpen);
  if (!first) return null;
  return (
    <>
      {sound === "blocked" && <span className="soft">{t("alarm.blocked")}</span>}
      {sound === "silenced" && <span className="soft">{t("alarm.silenced")}</span>}
      {silence && (
        <button type="button" className="keys-count" onClick={silence}>
          {t("alarm.silence")}
        </button>
      )}
      <button
        type="button"
        className={`keys-count is-${first.level}`}
        disabled={!canOpen}
        title={first.title}
        onClick={() => {
          selectEvent(first.id);
          goTo("queue", { eventId: first.id });
        }}
      >
        <LevelShape level={first.level} />
        {t("alarm.count", { count })}
      </button>
    </>
  );
}
