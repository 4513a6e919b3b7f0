import { PinField } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type Grade, gradeNames, grades } from "#shared/domain/officer/officer.ts";

export interface FirstOfficer {
  readonly key: number;
  readonly name: string;
  readonly grade: Grade;
  readonly phone: string;
  readonly pin: string;
}

/** The first people of a desk: name, right, phone, PIN; one row each. */
export function OfficerRows({
  officers,
  onChange,
}: {
  officers: readonly FirstOfficer[];
  onChange: (officers: readonly FirstOfficer[]) => void;
}) {
  const t = useText();
  const set = (key: number, part: Partial<FirstOfficer>) =>
    onChange(officers.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <table className="officer-rows">
      <thead>
        <tr>
          <th scope="col">{t("setup.officer.name")}</th>
          <th scope="col">{t("setup.officer.grade")}</th>
          <th scope="col">{t("setup.officer.phone")}</th>
          <th scope="col">{t("setup.officer.pin")}</th>
          <th scope="col">
            <span className="sr-only">{t("setup.officer.remove")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {officers.map((officer) => (
          <tr key={officer.key}>
            <td>
              <input
                className="input"
                aria-label={t("setup.officer.name")}
                maxLength={40}
                value={officer.name}
                onChange={(event) => set(officer.key, { name: event.target.value })}
              />
            </td>
            <td>
              <select
                className="input"
                aria-label={t("setup.officer.grade")}
                value={officer.grade}
                onChange={(event) => set(officer.key, { grade: event.target.value as Grade })}
              >
                {grades.map((grade) => (
                  <option key={grade} value={grade}>
                    {say(gradeNames[grade])}
                  </option>
                ))}
              </select>
            </td>
            <td>
              <input
                className="input"
                aria-label={t("setup.officer.phone")}
                inputMode="tel"
                maxLength={30}
                value={officer.phone}
                onChange={(event) => set(officer.key, { phone: event.target.value })}
              />
            </td>
            <td>
              <PinField
                aria-label={t("setup.officer.pin")}
                fresh
                value={officer.pin}
                aria-invalid={officer.pin !== "" && officer.pin.length < 4}
                onPin={(pin) => set(officer.key, { pin })}
              />
            </td>
            <td>
              <button
                type="button"
                className="button"
                disabled={officers.length === 1}
                onClick={() => onChange(officers.filter((one) => one.key !== officer.key))}
              >
                {t("setup.officer.remove")}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
