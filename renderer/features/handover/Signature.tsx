import { clockText, dateText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { SignatureCheck } from "#shared/contract.ts";
import type { HandoverSignature } from "#shared/domain/handover/handover.ts";
import { shortCode } from "#shared/domain/handover/sheet.ts";

/** Name, time, the short code of what was signed, and whether the signature is sound. */
export function Signature({
  signature,
  check,
}: {
  signature: HandoverSignature;
  check?: SignatureCheck["outgoing"] | undefined;
}) {
  const t = useText();
  return (
    <div className="handover-signature">
      <p className="handover-signature-name">{signature.name}</p>
      <p>{t("handover.signed_at", { at: `${dateText(signature.at)}:${clockText(signature.at).slice(6)}` })}</p>
      <p className="soft">
        {t("handover.hash")} <code className="handover-hash">{shortCode(signature.recordHash)}</code>
      </p>
      {check && <p className={`handover-checked is-${check}`}>{t(`handover.checked.${check}`)}</p>}
    </div>
  );
}
