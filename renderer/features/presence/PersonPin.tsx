import { PinField } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";

export interface PersonChoice {
  readonly officerId: string;
  readonly label: string;
}

/** Who, and their PIN: what every act in person needs. */
export function PersonPin({
  people,
  officerId,
  pin,
  onOfficer,
  onPin,
  onEnter,
}: {
  people: readonly PersonChoice[];
  officerId: string;
  pin: string;
  onOfficer: (officerId: string) => void;
  onPin: (pin: string) => void;
  onEnter: () => void;
}) {
  const t = useText();
  return (
    <>
      <label className="label" htmlFor="presence-who">
        {t("presence.who")}
      </label>
      <select id="presence-who" className="input" value={officerId} onChange={(event) => onOfficer(event.target.value)}>
        {people.map((person) => (
          <option key={person.officerId} value={person.officerId}>
            {person.label}
          </option>
        ))}
      </select>
      <label className="label" htmlFor="presence-pin">
        {t("presence.pin")}
      </label>
      <PinField
        id="presence-pin"
        className="pin-field"
        // The person who comes types their PIN and goes to work.
        data-first=""
        value={pin}
        onPin={onPin}
        onEnter={onEnter}
      />
    </>
  );
}
