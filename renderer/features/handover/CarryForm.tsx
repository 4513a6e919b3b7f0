import { useRef } from "react";
import { Button } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverRecord } from "#shared/domain/handover/record.ts";
import type { CarryItem, Written } from "./draft.ts";

interface Props {
  readonly written: Written;
  readonly record: HandoverRecord;
  readonly onChange: (next: Partial<Written>) => void;
}

/** HO-7: matters left to a named person of the next shift, and words for all of them. */
export function CarryForm({ written, record, onChange }: Props) {
  const t = useText();
  const list = useRef<HTMLUListElement>(null);
  const items = written.carryOver;
  const people = record.incoming.filter(
    (one, index, all) => all.findIndex((other) => other.officerId === one.officerId) === index,
  );
  const put = (at: number, change: Partial<CarryItem>) =>
    onChange({ carryOver: items.map((one, index) => (index === at ? { ...one, ...change } : one)) });
  const add = () => {
    const to = people.find(({ role }) => role === "main_operator") ?? people[0];
    onChange({ carryOver: [...items, { id: null, text: "", eventId: null, toOfficerId: to?.officerId ?? "" }] });
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child input")?.focus());
  };
  return (
    <div className="handover-carrying">
      <section className="handover-section">
        <header className="handover-section-head">
          <h2>{t("handover.carry")}</h2>
          <span className="handover-count">
            {items.length === 0 ? t("handover.none") : t("handover.items", { count: items.length })}
          </span>
          <span className="handover-section-tools">
            <Button hotkey={hotkeys.carry.add} keyLabel={t("handover.carry.new")} onPress={add}>
              {t("handover.carry.new")}
            </Button>
          </span>
        </header>
        {items.length === 0 && <p className="handover-words">{t("handover.carry.about")}</p>}
        <ul className="handover-carry" ref={list}>
          {items.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: new items have no name of their own while they are typed
            <li key={index}>
              <input
                className="input"
                value={one.text}
                maxLength={500}
                aria-label={t("handover.carry.text", { no: index + 1 })}
                placeholder={t("handover.carry.placeholder")}
                aria-invalid={one.text.trim() === ""}
                onChange={(event) => put(index, { text: event.target.value })}
              />
              <select
                className="input"
                value={one.toOfficerId}
                aria-label={t("handover.carry.person", { no: index + 1 })}
                aria-invalid={one.toOfficerId === ""}
                onChange={(event) => put(index, { toOfficerId: event.target.value })}
              >
                <option value="">{t("handover.carry.choose")}</option>
                {people.map((person) => (
                  <option key={person.officerId} value={person.officerId}>
                    {person.name}
                  </option>
                ))}
              </select>
              {one.id === null ? (
                <button
                  type="button"
                  className="handover-small"
                  aria-label={t("handover.carry.remove_of", { no: index + 1 })}
                  onClick={() => onChange({ carryOver: items.filter((_, at) => at !== index) })}
                >
                  {t("handover.carry.remove")}
                </button>
              ) : (
                <span className="handover-words" title={t("handover.carry.kept.about")}>
                  {t("handover.carry.kept")}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section className="handover-section">
        <h2 className="handover-section-head">{t("handover.remarks")}</h2>
        <textarea
          className="input handover-remarks"
          rows={4}
          maxLength={4000}
          value={written.remarks}
          aria-label={t("handover.remarks")}
          placeholder={t("handover.remarks.placeholder")}
          onChange={(event) => onChange({ remarks: event.target.value })}
        />
      </section>
    </div>
  );
}
