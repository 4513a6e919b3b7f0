import { useDesk } from "#renderer/bridge/use-desk.ts";
import { whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverDraft } from "#shared/contract.ts";
import { nameIn } from "./draft.ts";

/** Somebody may type while the handover stands open: what is kept is told soon after. */
const lookMs = 3_000;

/** HO-19: what somebody of the outgoing shift has typed and not saved. Their words are theirs alone; that there are some is not. */
export function UnsavedWords({ draft, now }: { draft: HandoverDraft; now: number }) {
  const t = useText();
  const own = useDesk("session.current", {}).data?.officer?.id;
  const officerIds = [...new Set(draft.record.outgoing.map(({ officerId }) => officerId))];
  const { data } = useDesk("draft.unsaved", { officerIds }, { everyMs: lookMs });
  return data?.drafts.map(({ officerId, form, savedAt }) => {
    const said = { what: t(`handover.unsaved.${form}`), at: whenText(savedAt, now), name: nameIn(draft, officerId) };
    return (
      <p key={`${officerId}/${form}`} className="handover-lack">
        {officerId === own
          ? `${t("handover.unsaved.own", said)}${t(`handover.unsaved.${form}.how`)}`
          : t("handover.unsaved.other", said)}
      </p>
    );
  });
}
