import { useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { Dialog, Key, useKeySheet } from "#renderer/parts/index.ts";
import { hotkeys, keysOf } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";

const everywhere = new Set([...keysOf(hotkeys.everywhere), ...keysOf(hotkeys.always)]);
const order = (key: string) => (key.startsWith("F") && key.length > 1 ? Number(key.slice(1)) : 99);

/** `?`: every key that works on the screen below, where the hand was. */
export function KeySheet() {
  const t = useText();
  const close = usePage((page) => page.openHelp);
  // The sheet itself takes the focus, and with it the keys of what had it.
  const [keys] = useState(useKeySheet());
  const anywhere = keys.filter(({ key }) => everywhere.has(key)).sort((a, b) => order(a.key) - order(b.key));
  const here = keys.filter(({ key }) => !everywhere.has(key));
  const always = [
    { key: "Ctrl+Enter", label: t("help.confirm") },
    { key: "Esc", label: t("help.back") },
    { key: "Tab", label: t("help.next") },
    { key: "↑ ↓", label: t("help.rows") },
    { key: "Home End", label: t("help.ends") },
    { key: "PgUp PgDn", label: t("help.pages") },
    { key: "Enter", label: t("help.open") },
  ];
  return (
    <Dialog title={t("help.title")} onClose={() => close(false)} className="key-sheet">
      <div className="key-sheet-body">
        <KeyGroup title={t("help.everywhere")} keys={anywhere} />
        {here.length > 0 && <KeyGroup title={t("help.here")} keys={here} />}
        <KeyGroup title={t("help.always")} keys={always} />
      </div>
    </Dialog>
  );
}

function KeyGroup({ title, keys }: { title: string; keys: readonly { key: string; label: string }[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul className="key-list">
        {keys.map(({ key, label }) => (
          <li key={key}>
            <Key name={key} />
            <span className="sr-only">{key}</span>
            <span>{label}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
