import { say, sayName, useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import { boardNames, type Party } from "#shared/domain/duty-event/event.ts";
import { Combobox, type ComboboxProps } from "./Combobox.tsx";
import { PartyChips, partyKey, partyOptions } from "./PartyChips.tsx";

type BoxProps = Pick<ComboboxProps, "id" | "describedBy" | "invalid" | "required" | "placeholder">;

/** The category of an event, found by its names, its board and what callers say of it; one that was taken out since is told as such. */
export function CategoryBox(
  props: BoxProps & {
    readonly categories: Pick<Tables["categories"], "rows" | "former"> | undefined;
    readonly value: string;
    readonly onChange: (code: string) => void;
  },
) {
  const t = useText();
  const { categories, ...rest } = props;
  const standing = (categories?.rows ?? []).map((row) => ({
    key: row.code,
    name: sayName(row),
    detail: say(boardNames[row.board]),
    words: [row.name, ...row.keywords],
  }));
  const gone = (categories?.former ?? []).filter(({ code }) => code === props.value);
  const taken = gone.map((row) => ({ key: row.code, name: t("queue.category.gone", { name: sayName(row) }) }));
  return <Combobox {...rest} options={[...standing, ...taken]} />;
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
