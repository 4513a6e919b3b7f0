import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import {
  Button,
  deskTime,
  ErrorNote,
  Field,
  Fields,
  LinkBand,
  Pane,
  SplitPane,
  useNow,
} from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { reasonText } from "#renderer/text/error-text.ts";
import { countText, durationText, labelText, timeText, whenText } from "#renderer/text/format.ts";
import { linkWords } from "#renderer/text/link-text.ts";
import { useText } from "#renderer/text/text.ts";
import type { LinkStatus } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { bytesText } from "#shared/lib/bytes.ts";
import { EnrolForm } from "./EnrolForm.tsx";
import { Outbox } from "./Outbox.tsx";

/** Has everything really reached the district? State and reason in words, item n of m, what needs a person. */
export function LinkPlace() {
  const { data: status, error, again } = useDesk("link.status", {}, { everyMs: 5_000 });
  if (!status) return error ? <ErrorNote error={error} again={again} /> : null;
  return <SplitPane id="link" start={760} first={<State status={status} />} second={<Outbox />} />;
}

function State({ status }: { status: LinkStatus }) {
  const t = useText();
  const now = useNow();
  const { link } = status;
  const { word, tone, reason } = linkWords(t, link, now);
  const retryAt = "retryAt" in link ? link.retryAt : "later" in link ? link.later?.retryAt : undefined;
  return (
    <Pane title={t("link.title")} className="link-state" tools={<SyncNow enrolled={link.state !== "unenrolled"} />}>
      <p className={`link-word link-tone-${tone}`}>
        <i className={`badge-dot badge-link-${link.state}`} aria-hidden="true" />
        {word}
      </p>
      {"sinceAt" in link && (
        <p className="soft">
          {t("link.since", { at: whenText(link.sinceAt, now), length: durationText(now - link.sinceAt) })}
        </p>
      )}
      {reason && <p className="link-reason">{reason}</p>}
      {link.state === "catching_up" && (
        <progress className="link-progress" max={link.total} value={link.done} aria-label={word} />
      )}
      {link.state === "stopped" && <p className="is-news">{t("link.stopped.todo")}</p>}
      {retryAt !== undefined && <p className="soft figures">{retryWords(t, retryAt - now)}</p>}
      <Confirmed status={status} now={now} />
      <Freight enrolled={status.link.state !== "unenrolled"} />
      {status.fork && (
        <p className="is-news">
          {t("link.fork", { at: whenText(status.fork.at, now), count: countText(status.fork.broughtBack) })}
        </p>
      )}
      {status.restored && <p className="is-news">{t("link.restored", { at: whenText(status.restored.at, now) })}</p>}
      <LinkBand />
      <LinkBand hours={168} />
      {link.state === "unenrolled" ? <EnrolForm /> : <Facts status={status} now={now} />}
    </Pane>
  );
}

const retryWords = (t: ReturnType<typeof useText>, leftMs: number) =>
  leftMs > 0 ? t("link.retry_in", { seconds: Math.ceil(leftMs / 1000) }) : t("link.retry_now");

/** n of m as a bar and a sentence. */
function Confirmed({ status, now }: { status: LinkStatus; now: number }) {
  const t = useText();
  const { confirmed, recorded, waiting, refused, oldestWaitingAt } = status;
  const words = t("link.confirmed_of", { confirmed: countText(confirmed), recorded: countText(recorded) });
  return (
    <div className="link-confirmed">
      <meter className="sr-only" min={0} max={Math.max(1, recorded)} value={confirmed} aria-label={words} />
      <div className="link-bar" aria-hidden="true">
        <span className="is-confirmed" style={{ flexGrow: confirmed }} />
        <span className="is-waiting" style={{ flexGrow: waiting }} />
        <span className="is-refused" style={{ flexGrow: refused }} />
      </div>
      <p>
        <strong className="figures">{words}</strong>{" "}
        {waiting > 0 &&
          (status.link.state === "unenrolled"
            ? t("link.only_here")
            : t("link.waiting_count", { count: countText(waiting) }))}{" "}
        {oldestWaitingAt !== null && t("link.oldest", { at: whenText(oldestWaitingAt, now) })}
      </p>
      {refused > 0 && <p className="is-news">{t("link.refused_count", { count: refused })}</p>}
    </div>
  );
}

/** CL-10: what happened to the PC's clock, and the word that it is right. */
function MovedClock({ moved }: { moved: NonNullable<LinkStatus["clock"]> }) {
  const t = useText();
  const { act, busy } = useAct("clock.adopt");
  const [refusal, setRefusal] = useState<DeskError>();
  const adopt = async () => {
    const outcome = await act({});
    setRefusal(outcome.ok ? undefined : outcome.error);
  };
  return (
    <Field label={t("link.clock.moved")} wide>
      <p className="is-news">{t(`link.clock.moved.${moved.why}`, { length: durationText(moved.aheadMs) })}</p>
      <Button disabled={busy} onPress={() => void adopt()}>
        {t("link.clock.adopt")}
      </Button>
      {refusal && <ErrorNote error={refusal} />}
    </Field>
  );
}

function Facts({ status, now }: { status: LinkStatus; now: number }) {
  const t = useText();
  const offset = status.clockOffsetMs;
  return (
    <Fields>
      <Field label={t("link.district")} wide>
        {status.districtName ?? t("link.unknown")}
      </Field>
      <Field label={t("link.address")} wide>
        <span className="figures">{status.districtUrl ?? t("link.unknown")}</span>
      </Field>
      <Field label={t("link.last_contact")}>
        {status.lastContactAt === null ? t("link.never") : whenText(status.lastContactAt, now)}
      </Field>
      <Field label={t("link.behind")}>
        <span className="figures">
          {status.head > status.cursor
            ? t("link.behind_by", { count: countText(status.head - status.cursor) })
            : t("link.behind_none", { head: countText(status.head) })}
        </span>
      </Field>
      <Field label={t("link.speed")}>
        {status.bytesPerSecond === null
          ? t("link.unknown")
          : t("link.speed.value", { speed: speedText(status.bytesPerSecond) })}
      </Field>
      <Field label={t("link.clock")}>
        {offset === null
          ? t("link.unknown")
          : Math.abs(offset) < 2_000
            ? t("link.clock.same")
            : t(offset > 0 ? "link.clock.ahead" : "link.clock.behind", {
                seconds: Math.round(Math.abs(offset) / 1000),
              })}
      </Field>
      {status.clock && <MovedClock moved={status.clock} />}
      <Field label={t("link.device")} wide>
        <span className="figures">{status.deviceId ?? t("link.unknown")}</span>
      </Field>
    </Fields>
  );
}

/** Photos and recordings: how many wait, the one that is moving, and the room that they have. */
function Freight({ enrolled }: { enrolled: boolean }) {
  const t = useText();
  const { data } = useDesk("attachment.state", {}, { everyMs: 5_000 });
  if (!data) return null;
  const { now, toSend, toFetch, sent, failed } = data;
  const percent = now && now.bytes > 0 ? Math.floor((now.moved / now.bytes) * 100) : 0;
  const name = now?.name || t("attachment.link.hidden");
  return (
    <section className="link-freight" aria-label={t("attachment.link")}>
      <p>
        <strong>{t("attachment.link")}</strong>{" "}
        {toSend > 0
          ? t("attachment.link.to_send", { files: countText(toSend), size: bytesText(data.toSendBytes) })
          : t("attachment.link.none")}
        {toFetch > 0 &&
          `${t("parts.comma")}${t("attachment.link.to_fetch", { files: countText(toFetch), size: bytesText(data.toFetchBytes) })}`}
      </p>
      {now && (
        <>
          <p className="soft figures" role="status">
            {now.way === "up"
              ? t("attachment.link.up", { n: sent + 1, m: sent + Math.max(1, toSend), name, percent })
              : t("attachment.link.down", { name, percent })}
          </p>
          <progress className="link-progress" max={now.bytes} value={now.moved} aria-label={name} />
        </>
      )}
      {failed && enrolled && (
        <p className="is-news">
          {t("attachment.link.failed", {
            files: countText(data.failedFiles),
            reason: reasonText(failed.errorId, failed.params),
          })}
        </p>
      )}
      <p className="soft figures">
        {t("attachment.link.room")}{" "}
        {t("attachment.link.room.value", {
          used: bytesText(data.storedBytes),
          most: bytesText(data.storeBytes),
          label: labelText(data.label),
          free: bytesText(data.freeBytes),
        })}
      </p>
    </section>
  );
}

/** Kilobytes per second with as many figures as mean something. */
const speedText = (bytesPerSecond: number): string => {
  const speed = bytesPerSecond / 1_000;
  return speed < 10 ? speed.toFixed(1) : countText(Math.round(speed));
};

/** Tries at once and says what this try has found; never more than that. */
function SyncNow({ enrolled }: { enrolled: boolean }) {
  const t = useText();
  const { act, busy } = useAct("link.syncNow");
  const [found, setFound] = useState<{ at: number; status?: LinkStatus; error?: DeskError }>();
  if (!enrolled) return null;
  const words =
    found?.status &&
    {
      online: t("link.found.online", { at: timeText(found.at), waiting: found.status.waiting }),
      other: t("link.found.offline", { at: timeText(found.at) }),
    }[found.status.link.state === "online" || found.status.link.state === "catching_up" ? "online" : "other"];
  return (
    <>
      <span className="soft one-line" aria-live="polite">
        {busy ? t("link.trying") : words}
        {found?.error && t("link.found.failed", { at: timeText(found.at) })}
      </span>
      <Button
        hotkey={hotkeys.link.now}
        keyLabel={t("link.sync_now")}
        disabled={busy}
        onPress={async () => {
          const outcome = await act({});
          const at = deskTime();
          setFound(outcome.ok ? { at, status: outcome.value } : { at, error: outcome.error });
        }}
      >
        {t("link.sync_now")}
      </Button>
    </>
  );
}
