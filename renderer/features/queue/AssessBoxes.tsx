import { say, sayName } from "#renderer/text/text.ts";
import type { Category } from "#shared/contract.ts";
import { boardNames, type Party } from "#shared/domain/duty-event/event.ts";
import { Combobox, type ComboboxProps } from "./Combobox.tsx";
import { PartyChips, partyKey, partyOptions } from "./PartyChips.tsx";

type BoxProps = Pick<ComboboxProps, "id" | "describedBy" | "invalid" | "required" | "placeholder">;

/** The category of an event, found by its names, its board and what callers say of it. */
export function CategoryBox(
  props: BoxProps & {
    readonly categories: readonly Category[];
    readonly value: string;
    readonly onChange: (code: string) => void;
  },
) {
  const { categories, ...rest } = props;
  return (
    <Combobox
      {...rest}
      options={categories.map((row) => ({
        key: row.code,
        name: sayName(row),
        detail: say(boardNames[row.board]),
        words: [row.name, ...row.keywords],
      }))}
    />
  );
}

/** Who leads: of those known here, or who leads already. */
export function LeadBox(
  props: BoxProps & {
    readonly parties: readonly Party[];
    readonly lead: Party | null;
    readonly onChange: (lead: Party | null) => void;
  },
) {
  const { parties, lead, onChange, ...rest } = props;
  const isKnown = !lead || parties.some((party) => partyKey(party) === partyKey(lead));
  const all = isKnown ? parties : [...parties, lead];
  return (
    <Combobox
      {...rest}
      options={partyOptions(all)}
      value={lead ? partyKey(lead) : ""}
      onChange={(key) => onChange(all.find((party) => partyKey(party) === key) ?? null)}
    />
  );
}

/** Who joins: anybody but who leads. */
export function CoHandlerBox(props: {
  readonly id: string;
  readonly describedBy: string;
  readonly parties: readonly Party[];
  readonly lead: Party | null;
  readonly chosen: readonly Party[];
  readonly onChange: (chosen: readonly Party[]) => void;
}) {
  const { parties, lead, ...rest } = props;
  return <PartyChips {...rest} parties={parties.filter((party) => !lead || partyKey(party) !== partyKey(lead))} />;
}
