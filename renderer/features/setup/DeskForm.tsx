import { App as AntApp, Select } from "antd";
import { useState } from "react";
import { askAgain } from "#renderer/bridge/answers.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { Button, ErrorNote, FormRow, Pane, TextRow } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { errorText } from "#renderer/text/error-text.ts";
import { useText } from "#renderer/text/text.ts";
import type { OutputOf } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { type FirstOfficer, OfficerRows } from "./OfficerRows.tsx";

const pinPattern = /^\d{4,12}$/;
const blank = (key: number, grade: FirstOfficer["grade"]): FirstOfficer => ({
  key,
  name: "",
  grade,
  phone: "",
  pin: "",
});
const isAdmin = ({ grade }: FirstOfficer) => grade === "admin" || grade === "leader";

/** What has been typed so far; kept by the screen, so that going back loses nothing. */
export interface DeskWords {
  readonly street: string | null;
  readonly deskName: string;
  readonly officers: readonly FirstOfficer[];
  readonly url: string;
  readonly code: string;
}

export const noWords: DeskWords = {
  street: null,
  deskName: "",
  officers: [blank(1, "admin"), blank(2, "shift_leader")],
  url: "",
  code: "",
};

/** Street, name of the desk, first people with their PINs, and the district centre if there is a code already. */
export function DeskForm({
  places,
  words,
  onWords,
  onBack,
}: {
  places: OutputOf<"setup.streets">;
  words: DeskWords;
  onWords: (words: DeskWords) => void;
  onBack: () => void;
}) {
  const t = useText();
  const { message } = AntApp.useApp();
  const { street, deskName, officers, url, code } = words;
  const set = (part: Partial<DeskWords>) => onWords({ ...words, ...part });
  const [refusal, setRefusal] = useState<DeskError>();
  const [busy, setBusy] = useState(false);

  const filled = officers.filter(({ name, pin }) => name.trim() !== "" || pin !== "");
  const streetName = places.streets.find((one) => one.code === street)?.name ?? "";
  const name = deskName.trim() || (streetName ? t("setup.desk_name.usual", { street: streetName }) : "");
  const missing = !street
    ? t("setup.missing.street")
    : filled.some((one) => one.name.trim() === "" || !pinPattern.test(one.pin))
      ? t("setup.missing.officer")
      : !filled.some(isAdmin)
        ? t("setup.missing.admin")
        : (url.trim() === "") !== (code.trim() === "")
          ? t("setup.missing.code")
          : "";

  const setUp = async () => {
    if (missing || !street || busy) return;
    setBusy(true);
    setRefusal(undefined);
    const made = await callDesk("setup.desk", {
      street,
      deskName: name,
      officers: filled.map(({ key: _, ...officer }) => ({ ...officer, name: officer.name.trim() })),
    });
    if (!made.ok) {
      setBusy(false);
      setRefusal(made.error);
      return;
    }
    // From here on the desk exists; enrolment may fail and be done later on the link screen.
    const first = filled.find(isAdmin);
    if (url.trim() !== "" && first) {
      const people = await callDesk("session.officers", {});
      const me = people.ok ? people.value.officers.find((one) => one.name === first.name.trim()) : undefined;
      if (me) await callDesk("session.signIn", { officerId: me.id, pin: first.pin });
      const enrolled = await callDesk("link.enrol", { url: url.trim(), code: code.trim() });
      if (!enrolled.ok) void message.warning(`${t("setup.enrol_failed")}${errorText(enrolled.error)}`, 12);
    }
    await askAgain("system.status", "session.current");
  };

  return (
    <form className="setup-form" onSubmit={(event) => event.preventDefault()} noValidate>
      <h1 className="screen-title">{t("setup.own")}</h1>
      <Pane title={t("setup.where")}>
        <FormRow label={t("setup.street")}>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: "label" }}
              autoFocus
              value={street}
              onChange={(chosen: string) => set({ street: chosen })}
              placeholder={t("setup.street.hint", { count: places.streets.length, district: places.district.name })}
              options={places.streets.map((one) => ({ value: one.code, label: one.name }))}
              optionRender={({ data, label }) => (
                <span className="setup-street">
                  {label}
                  <span className="faint figures">
                    {t("setup.communities", {
                      count: places.streets.find((one) => one.code === data.value)?.communities ?? 0,
                    })}
                  </span>
                </span>
              )}
            />
          )}
        </FormRow>
        <TextRow
          label={t("setup.desk_name")}
          placeholder={name}
          maxLength={60}
          value={deskName}
          onChange={(typed) => set({ deskName: typed })}
        />
      </Pane>
      <Pane title={t("setup.officers")}>
        <p className="soft">{t("setup.officers.about")}</p>
        <OfficerRows officers={officers} onChange={(rows) => set({ officers: rows })} />
        <Button
          disabled={officers.length >= 60}
          onPress={() =>
            set({ officers: [...officers, blank(Math.max(0, ...officers.map(({ key }) => key)) + 1, "operator")] })
          }
        >
          {t("setup.officer.add")}
        </Button>
      </Pane>
      <Pane title={t("setup.link")}>
        <p className="soft">{t("setup.link.about")}</p>
        <TextRow
          label={t("setup.link.url")}
          placeholder="https://"
          maxLength={200}
          value={url}
          onChange={(typed) => set({ url: typed })}
        />
        <TextRow
          label={t("setup.link.code")}
          figures
          maxLength={80}
          value={code}
          onChange={(typed) => set({ code: typed })}
        />
      </Pane>
      {refusal && <ErrorNote error={refusal} />}
      <div className="form-end">
        <span className="soft" aria-live="polite">
          {missing}
        </span>
        <Button hotkey={backKey} onPress={onBack} disabled={busy}>
          {t("parts.back")}
        </Button>
        <Button tone="next" hotkey={confirmKey} disabled={missing !== "" || busy} onPress={setUp}>
          {busy ? t("setup.busy") : t("setup.finish")}
        </Button>
      </div>
    </form>
  );
}
