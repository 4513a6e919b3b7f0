import { useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { shortDateText, titleText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EventRow } from "#shared/contract.ts";
import { stateNames } from "#shared/domain/duty-event/event.ts";
import { Combobox } from "./Combobox.tsx";

const shown = 12;

/** Finds another event by number, words or pinyin initials; with nothing typed the open ones of the same category, newest first. */
export function EventPicker(props: {
  readonly id: string;
  readonly describedBy: string;
  readonly invalid?: boolean;
  readonly value: string;
  /** Events that cannot be chosen: this one, and those that are. */
  readonly without: readonly string[];
  /** Proposed while nothing is typed. */
  readonly category: string;
  readonly openOnly: boolean;
  readonly onPick: (row: EventRow) => void;
}) {
  const t = useText();
  const [typed, setTyped] = useState("");
  const search = typed.trim();
  const { data } = useDesk("event.list", {
    view: props.openOnly ? "open" : "all",
    sort: "newest",
    limit: shown + props.without.length,
    ...(search ? { search } : props.category ? { categories: [props.category] } : {}),
  });
  const rows = (data?.rows ?? []).filter(({ id }) => !props.without.includes(id));
  return (
    <Combobox
      id={props.id}
      describedBy={props.describedBy}
      invalid={props.invalid ?? false}
      required
      options={rows.slice(0, shown).map((row) => ({
        key: row.id,
        name: `${row.number} ${titleText(row.title)}`,
        detail: `${say(stateNames[row.state])} ${shortDateText(row.reportedAt)}`,
      }))}
      value={props.value}
      placeholder={t("queue.pick.find")}
      onTyped={setTyped}
      onChange={(id) => {
        const row = rows.find((one) => one.id === id);
        if (row) props.onPick(row);
      }}
    />
  );
}
