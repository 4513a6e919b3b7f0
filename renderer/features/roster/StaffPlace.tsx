import { useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, ErrorNote } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { phoneText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OfficerView } from "#shared/contract.ts";
import { gradeNames } from "#shared/domain/officer/officer.ts";
import type { DeskError } from "#shared/errors.ts";
import { StaffDialog } from "./StaffDialog.tsx";
import { SubPlace } from "./SubPlace.tsx";

interface Props {
  /** What an import has done, in words. */
  readonly note: string;
  readonly onImport: () => void;
  readonly onLeave: () => void;
}

/** The people of the street: who they are, what they may do; added, changed, retired by an administrator. */
export function StaffPlace({ note, onImport, onLeave }: Props) {
  const t = useText();
  const me = useDesk("session.current", {}).data?.officer;
  const people = useDesk("officer.list", {});
  const { act, busy } = useAct("officer.edit");
  const [open, setOpen] = useState<OfficerView | "new">();
  const [said, setSaid] = useState(note);
  const [error, setError] = useState<DeskError>();
  const isAdmin = me?.grade === "admin";
  const officers = [...(people.data?.officers ?? [])].sort((a, b) => Number(b.active) - Number(a.active));

  async function setActive(officer: OfficerView, active: boolean): Promise<void> {
    const outcome = await act({ id: officer.id, active });
    setError(outcome.ok ? undefined : outcome.error);
    if (outcome.ok) setSaid(t(active ? "staff.back.done" : "staff.retire.done", { name: officer.name }));
  }

  return (
    <SubPlace
      title={t("staff.title")}
      onLeave={onLeave}
      said={said}
      tools={
        isAdmin && (
          <>
            <Button onPress={onImport} hotkey={hotkeys.staff.import} keyLabel={t("staff.import")}>
              {t("staff.import")}
            </Button>
            <Button tone="next" onPress={() => setOpen("new")} hotkey={hotkeys.staff.add} keyLabel={t("staff.add")}>
              {t("staff.add")}
            </Button>
          </>
        )
      }
    >
      {error && <ErrorNote error={error} />}
      {people.error && <ErrorNote error={people.error} again={people.again} />}
      {me && !isAdmin && <p className="import-hint">{t("staff.admin_only")}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="roster-table-frame" tabIndex={0} aria-label={t("staff.title")}>
        <table className="roster-table">
          <thead>
            <tr>
              <th scope="col">{t("staff.name")}</th>
              <th scope="col">{t("staff.grade")}</th>
              <th scope="col">{t("staff.pool")}</th>
              <th scope="col">{t("staff.phone")}</th>
              <th scope="col">{t("staff.post")}</th>
              <th scope="col">{t("staff.state")}</th>
              {isAdmin && <th scope="col" aria-label={t("staff.actions")} />}
            </tr>
          </thead>
          <tbody>
            {officers.map((officer) => (
              <tr key={officer.id} className={officer.active ? "" : "staff-row-off"}>
                <th scope="row">{officer.name}</th>
                <td>{say(gradeNames[officer.grade])}</td>
                <td>{t(`staff.pool.${officer.pool}`)}</td>
                <td className="figures">{phoneText(officer.phone)}</td>
                <td>{officer.post}</td>
                <td>{t(officer.active ? "staff.active" : "staff.retired")}</td>
                {isAdmin && (
                  <td>
                    <button type="button" className="button button-link" onClick={() => setOpen(officer)}>
                      {t("staff.edit")}
                    </button>
                    {officer.id !== me?.id && (
                      <button
                        type="button"
                        className="button button-link"
                        disabled={busy}
                        onClick={() => void setActive(officer, !officer.active)}
                      >
                        {t(officer.active ? "staff.retire" : "staff.back")}
                      </button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {open && (
        <StaffDialog
          officer={open === "new" ? undefined : open}
          onLeave={() => setOpen(undefined)}
          onDone={(words) => {
            setOpen(undefined);
            setSaid(words);
          }}
        />
      )}
    </SubPlace>
  );
}
