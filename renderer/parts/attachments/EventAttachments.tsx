import { type FormEvent, useRef, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { reasonText } from "#renderer/text/error-text.ts";
import { whenText } from "#renderer/text/format.ts";
import { type Say, useText } from "#renderer/text/text.ts";
import type { AttachmentView } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { ErrorNote } from "../basics.tsx";
import { useMinute } from "../ticker.ts";
import { AttachmentAdder } from "./AttachmentAdder.tsx";
import { AttachmentTile } from "./AttachmentTile.tsx";
import { AttachmentViewer } from "./AttachmentViewer.tsx";
import { useAttach } from "./use-attach.ts";

/** The attachments of an event: what they are, and in true words how far each has come. */
export function EventAttachments({
  eventId,
  closed,
  active,
}: {
  readonly eventId: string;
  /** The event is void: nothing can be added. */
  readonly closed: boolean;
  /** The focus is in this event: its key and what is pasted are for it. */
  readonly active: boolean;
}) {
  const t = useText();
  const frame = useRef<HTMLElement>(null);
  const { data, error, again } = useDesk("attachment.list", { eventId });
  const add = useAct("attachment.add");
  const fetch = useAct("attachment.fetch");
  const [shown, setShown] = useState<string | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const attaching = useAttach(`event:${eventId}`, async (staged) => {
    const done = await add.act({ eventId, ids: [staged.id] });
    again();
    return done.ok ? undefined : done.error;
  });
  const open = async (one: AttachmentView) => {
    setShown(one.id);
    if (!one.here) await fetch.act({ id: one.id });
  };
  const items = data?.items ?? [];
  // Nothing there and nothing to come: a heading alone says nothing.
  if (closed && data && !data.masked && items.length === 0 && !error) return null;
  return (
    <section ref={frame} className="attachments" aria-label={t("attachment.title")}>
      <h3 className="detail-part">
        {t("attachment.title")}{" "}
        {data && data.live > 0 && (
          <span className="attachment-held figures" role="status">
            {t("attachment.held_of", { held: data.held, live: data.live })}
          </span>
        )}
      </h3>
      {error && <ErrorNote error={error} again={again} />}
      {data?.masked && data.live > 0 && <p className="soft">{t("attachment.masked", { live: data.live })}</p>}
      {items.length > 0 && (
        <ul className="attachment-list">
          {items.map((one) => (
            <AttachmentTile
              key={one.id}
              one={one}
              here={one.here}
              gone={one.withdrawn !== null}
              open={() => void open(one)}
            >
              <Standing one={one} />
              {one.mayWithdraw && asking !== one.id && (
                <button type="button" className="button-link attachment-act" onClick={() => setAsking(one.id)}>
                  {t("attachment.withdraw")}
                </button>
              )}
              {asking === one.id && <Withdraw eventId={eventId} id={one.id} close={() => setAsking(null)} />}
            </AttachmentTile>
          ))}
        </ul>
      )}
      {!closed && !data?.masked && <AttachmentAdder attaching={attaching} within={frame} active={active} />}
      {shown !== null && <AttachmentViewer items={items} first={shown} close={() => setShown(null)} />}
    </section>
  );
}

function Standing({ one }: { readonly one: AttachmentView }) {
  const t = useText();
  const now = useMinute();
  if (one.withdrawn)
    return (
      <span className="attachment-state soft">
        {t("attachment.withdrawn", {
          who: one.withdrawn.officerName,
          at: whenText(one.withdrawn.at, now),
          reason: one.withdrawn.reason,
        })}
      </span>
    );
  return (
    <span className={`attachment-state attachment-${one.district}`}>
      {standingText(t, one, now)}
      {one.failed && one.district !== "held" && (
        <span className="attachment-failed">{reasonText(one.failed.errorId, one.failed.params)}</span>
      )}
    </span>
  );
}

/** Where the content is, in a sentence that is true at this moment. */
export function standingText(t: Say, one: AttachmentView, now: number): string {
  const percent = Math.floor((one.moved / one.bytes) * 100);
  if (one.coming) return t("attachment.coming", { percent });
  const away = one.here ? "" : t("attachment.away");
  if (one.district === "moving") return t("attachment.state.moving", { percent });
  if (one.district === "held") return `${t("attachment.state.held", { at: whenText(one.heldAt ?? 0, now) })}${away}`;
  return t(`attachment.state.${one.district}`);
}

function Withdraw({
  eventId,
  id,
  close,
}: {
  readonly eventId: string;
  readonly id: string;
  readonly close: () => void;
}) {
  const t = useText();
  const { act, busy } = useAct("attachment.withdraw");
  const { typed, type, drop } = useTyped(`withdraw:${id}`, { reason: "" });
  const { reason } = typed;
  const [error, setError] = useState<DeskError>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return;
    const done = await act({ eventId, id, reason });
    if (!done.ok) return setError(done.error);
    drop();
    close();
  };
  return (
    <form className="attachment-withdraw" onSubmit={(event) => void send(event)}>
      <input
        className="input"
        maxLength={400}
        value={reason}
        aria-label={t("attachment.reason")}
        placeholder={t("attachment.reason")}
        ref={(field) => field?.focus()}
        onChange={(event) => type({ reason: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          close();
        }}
      />
      <button type="submit" className="button" disabled={busy || reason.trim() === ""}>
        {t("attachment.withdraw.do")}
      </button>
      <button type="button" className="button-link" onClick={close}>
        {t("parts.cancel")}
      </button>
      {error && <ErrorNote error={error} />}
    </form>
  );
}
