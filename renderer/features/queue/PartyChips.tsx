import { say, useText } from "#renderer/text/text.ts";
import { type Party, partyKindNames } from "#shared/domain/duty-event/event.ts";
import { Combobox, type ComboOption } from "./Combobox.tsx";

export const partyKey = (party: Party): string => `${party.kind}/${party.name}`;

export const partyOptions = (parties: readonly Party[]): ComboOption[] =>
  parties.map((party) => ({ key: partyKey(party), name: party.name, detail: say(partyKindNames[party.kind]) }));

/** A party that no table lists, by the name that was typed: a school, a property company, a shop. */
function strangerOf(key: string): Party | undefined {
  const name = key.startsWith("department/") ? key.slice("department/".length) : "";
  return name ? { kind: "department", name: name.slice(0, 60) } : undefined;
}

/** Several parties: chips before the field; Backspace in the empty field takes the last one away. */
export function PartyChips(props: {
  readonly id: string;
  readonly describedBy: string;
  readonly chosen: readonly Party[];
  readonly parties: readonly Party[];
  readonly onChange: (parties: readonly Party[]) => void;
}) {
  const t = useText();
  const { chosen, parties, onChange } = props;
  const free = parties.filter((party) => !chosen.some((one) => partyKey(one) === partyKey(party)));
  return (
    <Combobox
      id={props.id}
      describedBy={props.describedBy}
      options={partyOptions(free)}
      value=""
      placeholder={t("queue.co.add")}
      onChange={(key) => {
        const party = free.find((one) => partyKey(one) === key) ?? strangerOf(key);
        if (party && !chosen.some((one) => partyKey(one) === key)) onChange([...chosen, party]);
      }}
      asTyped={(name) => ({ key: partyKey({ kind: "department", name }), name, detail: t("queue.party.as_typed") })}
      onBackspace={() => onChange(chosen.slice(0, -1))}
      before={chosen.map((party) => (
        <span key={partyKey(party)} className="chip">
          {party.name}
          <button
            type="button"
            className="chip-drop"
            aria-label={t("queue.co.drop", { name: party.name })}
            onClick={() => onChange(chosen.filter((one) => partyKey(one) !== partyKey(party)))}
          >
            ×
          </button>
        </span>
      ))}
    />
  );
}
