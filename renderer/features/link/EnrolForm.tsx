import { useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, ErrorNote, TextRow } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskError } from "#shared/errors.ts";

/** Address and one-time code of the district centre. The desk works without; this only opens the way out. */
export function EnrolForm() {
  const t = useText();
  const { typed, type, drop } = useTyped("enrol", { url: "" });
  const { url } = typed;
  // Not kept: it is a secret.
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState<DeskError>();
  const { act, busy } = useAct("link.enrol");
  const complete = url.trim() !== "" && code.trim() !== "";
  const enrol = async () => {
    if (!complete || busy) return;
    const outcome = await act({ url: url.trim(), code: code.trim() });
    if (!outcome.ok) return setRefusal(outcome.error);
    drop();
    await askAgain("link.status", "link.outbox");
  };
  return (
    <form className="enrol" onSubmit={(event) => event.preventDefault()}>
      <h3>{t("link.enrol")}</h3>
      <p className="soft">{t("link.enrol.about")}</p>
      <TextRow
        label={t("link.enrol.url")}
        placeholder="https://"
        maxLength={200}
        value={url}
        onChange={(words) => type({ url: words })}
      />
      <TextRow label={t("link.enrol.code")} figures maxLength={80} value={code} onChange={setCode} />
      {refusal && <ErrorNote error={refusal} />}
      <div className="form-end">
        <Button tone="next" hotkey={confirmKey} disabled={!complete || busy} onPress={enrol}>
          {busy ? t("link.enrol.busy") : t("link.enrol.do")}
        </Button>
      </div>
    </form>
  );
}
