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
      <input
        id="presence-pin"
        className="input pin-field"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the person who comes types their PIN and goes to work
        autoFocus
        maxLength={12}
        value={pin}
        onChange={(event) => onPin(event.target.value.replace(/\D/g, ""))}
        onKeyDown={(event) => {
          if (event.key === "Enter") onEnter();
        }}
      />
    </>
  );
}
