import { useId, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { Found } from "#shared/contract.ts";
import type { Linked } from "./log-form.ts";

const shownFound = 12;
const isLinked = (found: Found): found is Found & { kind: Linked["kind"] } =>
  found.kind === "officer" || found.kind === "asset";
const wordsOf = ({ title, detail }: Pick<Found, "title" | "detail">): string => `${title} · ${say(detail)}`;

/** Whom and what an entry speaks of: people and assets, found by characters or pinyin initials. */
export function LinkField(props: { readonly links: readonly Linked[]; readonly set: (links: Linked[]) => void }) {
  const t = useText();
  const { links, set } = props;
  const id = useId();
  const [typed, setTyped] = useState("");
  const found = useDesk("find", { text: typed.trim(), limit: 50 }, { enabled: typed.trim() !== "" });
  const rows = typed.trim() ? (found.data?.found.filter(isLinked).slice(0, shownFound) ?? []) : [];
  const take = (text: string) => {
    const row = rows.find((one) => wordsOf(one) === text);
    if (!row) {
      setTyped(text);
      return;
    }
    setTyped("");
    if (!links.some((one) => one.id === row.id)) set([...links, { kind: row.kind, id: row.id, name: row.title }]);
  };
  return (
    <span className="entry-field entry-links">
      <label className="soft" htmlFor={id}>
        {t("log.links")}
      </label>
      <input
        id={id}
        className="input"
        list={`${id}-rows`}
        autoComplete="off"
        value={typed}
        placeholder={t("log.links.hint")}
        onChange={(event) => take(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Backspace" && typed === "" && links.length > 0) set(links.slice(0, -1));
          if (event.key === "Enter" && !event.ctrlKey && rows[0]) {
            event.preventDefault();
            take(wordsOf(rows[0]));
          }
        }}
      />
      <datalist id={`${id}-rows`}>
        {rows.map((row) => (
          <option key={`${row.kind}${row.id}`} value={wordsOf(row)} />
        ))}
      </datalist>
      {typed.trim() !== "" && found.data && !found.previous && rows.length === 0 && (
        <span className="soft">{t("log.links.none")}</span>
      )}
      {links.map((one) => (
        <button
          key={one.id}
          type="button"
          className="entry-link"
          aria-label={t("log.links.drop", { name: one.name })}
          onClick={() => set(links.filter((other) => other !== one))}
        >
          {one.name} <span aria-hidden="true">×</span>
        </button>
      ))}
    </span>
  );
}
