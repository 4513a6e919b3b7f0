import { useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Ant } from "#renderer/parts/ant.tsx";
import { Button, ErrorNote, Sample } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { DeskError } from "#shared/errors.ts";
import { DeskForm, noWords } from "./DeskForm.tsx";

/** First start: practise on made-up data, or set up this desk. */
export function SetupScreen() {
  const t = useText();
  const [own, setOwn] = useState(false);
  const [words, setWords] = useState(noWords);
  const [refusal, setRefusal] = useState<DeskError>();
  const { act, busy } = useAct("setup.demo");
  const streets = useDesk("setup.streets", {});

  const tryDemo = async () => {
    const outcome = await act({});
    if (!outcome.ok) setRefusal(outcome.error);
    else await askAgain("system.status");
  };

  if (own && streets.data) {
    return (
      <Ant>
        <DeskForm places={streets.data} words={words} onWords={setWords} onBack={() => setOwn(false)} />
      </Ant>
    );
  }
  return (
    <div className="setup">
      <h1 className="screen-title">{t("setup.title")}</h1>
      <p className="soft">{t("setup.about")}</p>
      {refusal && <ErrorNote error={refusal} />}
      {streets.error && <ErrorNote error={streets.error} again={streets.again} />}
      <div className="setup-ways">
        <section className="setup-way">
          <h2>{t("setup.own")}</h2>
          <p>{t("setup.own.about", { district: streets.data?.district.name ?? "" })}</p>
          <Button tone="next" hotkey={hotkeys.setup.own} disabled={busy} onPress={() => setOwn(true)}>
            {t("setup.own.begin")}
          </Button>
        </section>
        <section className="setup-way">
          <h2>
            {t("setup.demo")} <Sample />
          </h2>
          <p>{t("setup.demo.about")}</p>
          <Button hotkey={hotkeys.setup.demo} disabled={busy} onPress={tryDemo}>
            {busy ? t("setup.demo.busy") : t("setup.demo.begin")}
          </Button>
        </section>
      </div>
    </div>
  );
}
