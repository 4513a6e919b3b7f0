import { useId, useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OutputOf } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { Choice } from "../files/ImportForm.tsx";

interface Props {
  readonly presets: OutputOf<"basemap.list">["presets"] | undefined;
  readonly onAdded: (id: string) => void;
  readonly onError: (error: DeskError | undefined) => void;
}

/** An online basemap: one that the table names, or any address with level, column and row. */
export function OnlineForm({ presets, onAdded, onError }: Props) {
  const t = useText();
  const { act: add, busy } = useAct("basemap.addOnline");
  const { typed, type, drop } = useTyped("basemap", { code: "", name: "", template: "" });
  const { code, name, template } = typed;
  // Not kept: it is a secret.
  const [key, setKey] = useState("");
  const ids = { key: useId(), name: useId(), template: useId() };
  const preset = presets?.find((one) => one.code === code);

  async function submit(): Promise<void> {
    const done = await add(
      preset
        ? {
            name: say(preset.name),
            layout: preset.layout,
            templates: preset.templates,
            subdomains: preset.subdomains,
            key,
            minZoom: preset.minZoom,
            maxZoom: preset.maxZoom,
            attribution: preset.attribution,
          }
        : {
            name: name || t("files.online.own"),
            templates: [template],
            key,
            subdomains: template.includes("{s}") ? "abc" : "",
          },
    );
    onError(done.ok ? undefined : done.error);
    if (!done.ok) return;
    drop();
    onAdded(done.value.basemap.id);
  }
  const own = !preset;
  return (
    <section className="files-online" aria-labelledby="files-online-title">
      <h3 id="files-online-title">{t("files.online")}</h3>
      <p className="files-hint">{t("files.online.hint")}</p>
      <Choice
        label={t("files.online.which")}
        value={code}
        options={[["", t("files.online.own")], ...(presets ?? []).map((one) => [one.code, say(one.name)] as const)]}
        onChange={(code) => type({ code })}
      />
      {own && (
        <>
          <div className="files-choice">
            <label htmlFor={ids.name}>{t("files.online.name")}</label>
            <input
              id={ids.name}
              className="input"
              value={name}
              maxLength={60}
              onChange={(event) => type({ name: event.target.value })}
            />
          </div>
          <div className="files-choice">
            <label htmlFor={ids.template}>{t("files.online.template")}</label>
            <input
              id={ids.template}
              className="input"
              value={template}
              maxLength={600}
              placeholder="https://…/{z}/{x}/{y}.png"
              onChange={(event) => type({ template: event.target.value })}
            />
          </div>
        </>
      )}
      <div className="files-choice">
        <label htmlFor={ids.key}>{t("files.online.key")}</label>
        <input
          id={ids.key}
          className="input"
          type="password"
          autoComplete="off"
          value={key}
          maxLength={200}
          onChange={(event) => setKey(event.target.value)}
        />
      </div>
      <Button onPress={() => void submit()} disabled={busy || (own && template === "")}>
        {t("files.online.add")}
      </Button>
    </section>
  );
}
