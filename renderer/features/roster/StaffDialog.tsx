import { useState } from "react";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { useTyped } from "#renderer/bridge/use-typed.ts";
import { Button, Dialog, ErrorNote } from "#renderer/parts/index.ts";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OfficerView } from "#shared/contract.ts";
import { type Grade, gradeNames, grades } from "#shared/domain/officer/officer.ts";
import type { DeskError } from "#shared/errors.ts";

interface Props {
  /** Left out: somebody new. */
  readonly officer: OfficerView | undefined;
  readonly onLeave: () => void;
  readonly onDone: (words: string) => void;
}

/** One person: name, right, pool, phone, post; a first PIN for somebody new. */
export function StaffDialog({ officer, onLeave, onDone }: Props) {
  const t = useText();
  const { typed, type, drop } = useTyped<Pick<OfficerView, "name" | "grade" | "pool" | "phone" | "post">>(
    `staff:${officer?.id ?? ""}`,
    {
      name: officer?.name ?? "",
      grade: officer?.grade ?? "operator",
      pool: officer?.pool ?? "full_time",
      phone: officer?.phone ?? "",
      post: officer?.post ?? "",
    },
  );
  const { name, grade, pool, phone, post } = typed;
  const [pin, setPin] = useState("");
  const [error, setError] = useState<DeskError>();
  const add = useAct("officer.add");
  const edit = useAct("officer.edit");
  const busy = add.busy || edit.busy;
  const ready = name.trim() !== "" && (officer !== undefined || /^\d{4,12}$/.test(pin)) && !busy;

  async function save(): Promise<void> {
    if (!ready) return;
    const person = { name: name.trim(), grade, pool, phone: phone.trim(), post: post.trim() };
    const outcome = officer ? await edit.act({ id: officer.id, ...person }) : await add.act({ ...person, pin });
    if (!outcome.ok) return setError(outcome.error);
    drop();
    onDone(t(officer ? "staff.edit.done" : "staff.add.done", { name: person.name }));
  }

  const text = (label: string, value: string, set: (value: string) => void, most: number) => (
    <label className="roster-form-row">
      <span>{label}</span>
      <input className="input" maxLength={most} value={value} onChange={(event) => set(event.target.value)} />
    </label>
  );
  return (
    <Dialog title={t(officer ? "staff.edit" : "staff.add")} onClose={onLeave} className="roster-ask-dialog">
      <form
        className="roster-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {text(t("staff.name"), name, (value) => type({ name: value }), 40)}
        <div className="roster-form-pair">
          <label className="roster-form-row">
            <span>{t("staff.grade")}</span>
            <select className="input" value={grade} onChange={(event) => type({ grade: event.target.value as Grade })}>
              {grades.map((one) => (
                <option key={one} value={one}>
                  {say(gradeNames[one])}
                </option>
              ))}
            </select>
          </label>
          <label className="roster-form-row">
            <span>{t("staff.pool")}</span>
            <select
              className="input"
              value={pool}
              onChange={(event) => type({ pool: event.target.value as OfficerView["pool"] })}
            >
              {(["full_time", "rotating"] as const).map((one) => (
                <option key={one} value={one}>
                  {t(`staff.pool.${one}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
        {text(t("staff.phone"), phone, (value) => type({ phone: value }), 30)}
        {text(t("staff.post"), post, (value) => type({ post: value }), 60)}
        {!officer && text(t("staff.pin"), pin, (value) => setPin(value.replace(/\D/g, "")), 12)}
        <p className="roster-form-about">{t(officer ? "staff.edit.about" : "staff.add.about")}</p>
        {error && <ErrorNote error={error} />}
        <footer className="roster-form-foot">
          <Button onPress={onLeave} hotkey={backKey}>
            {t("roster.back")}
          </Button>
          <Button tone="next" hotkey={confirmKey} disabled={!ready} onPress={() => void save()}>
            {t("staff.save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
