import { type KeyboardEvent, useRef } from "react";
import { Key, useHotkey } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { HandoverRecord } from "#shared/domain/handover/handover.ts";
import { answered, type CarryItem, type CheckItem, type Written } from "./draft.ts";
import { Section } from "./RecordSections.tsx";

interface Props {
  readonly written: Written;
  readonly record: HandoverRecord;
  readonly onChange: (next: Partial<Written>) => void;
}

/** What people add to the handover: the checks, words for the next shift, matters left to a named person. */
export function WrittenForm({ written, record, onChange }: Props) {
  return (
    <>
      <Checklist items={written.checklist} onChange={(checklist) => onChange({ checklist })} />
      <CarryOver items={written.carryOver} record={record} onChange={(carryOver) => onChange({ carryOver })} />
      <Remarks text={written.remarks} onChange={(remarks) => onChange({ remarks })} />
    </>
  );
}

function Checklist({ items, onChange }: { items: readonly CheckItem[]; onChange: (items: CheckItem[]) => void }) {
  const t = useText();
  const open = items.filter((one) => !answered(one)).length;
  const put = (at: number, change: Partial<CheckItem>) =>
    onChange(items.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const list = useRef<HTMLUListElement>(null);
  const boxes = () => [...(list.current?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]') ?? [])];
  useHotkey(
    "c",
    () =>
      boxes()[
        Math.max(
          0,
          items.findIndex((one) => !answered(one)),
        )
      ]?.focus(),
    {
      label: t("handover.checklist"),
    },
  );
  // Arrows walk the checks, space ticks, Enter goes to the note and back.
  function onKeyDown(event: KeyboardEvent<HTMLUListElement>): void {
    const field = event.target as HTMLInputElement;
    const at = [...(list.current?.children ?? [])].findIndex((row) => row.contains(field));
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.nativeEvent.isComposing || event.ctrlKey || at < 0) return;
    if (step !== 0) boxes()[at + step]?.focus();
    else if (event.key !== "Enter") return;
    else if (field.type === "checkbox")
      list.current?.children[at]?.querySelector<HTMLElement>(".handover-note")?.focus();
    else boxes()[at + 1]?.focus();
    event.preventDefault();
  }
  return (
    <Section
      title={t("handover.checklist")}
      hotkey={<Key name="C" />}
      count={
        open === 0
          ? t("handover.checklist.done", { count: items.length })
          : t("handover.checklist.open", { count: open })
      }
      tools={
        open > 0 && (
          <button
            type="button"
            className="handover-small"
            onClick={() => onChange(items.map((one) => (answered(one) ? one : { ...one, ok: true })))}
          >
            {t("handover.checklist.rest")}
          </button>
        )
      }
    >
      <ul className="handover-checks" ref={list} onKeyDown={onKeyDown}>
        {items.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed, and two items may bear one name
          <li key={index} className={answered(one) ? (one.ok ? "is-ok" : "is-amiss") : "is-open"}>
            <label className="handover-check">
              <input type="checkbox" checked={one.ok} onChange={(event) => put(index, { ok: event.target.checked })} />
              <span>{one.item}</span>
            </label>
            <input
              className="input handover-note"
              value={one.note}
              maxLength={200}
              placeholder={t(one.ok ? "handover.check.note" : "handover.check.note_amiss")}
              aria-label={t("handover.check.note_of", { item: one.item })}
              onChange={(event) => put(index, { note: event.target.value })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function CarryOver({
  items,
  record,
  onChange,
}: {
  items: readonly CarryItem[];
  record: HandoverRecord;
  onChange: (items: CarryItem[]) => void;
}) {
  const t = useText();
  const list = useRef<HTMLUListElement>(null);
  const people = record.incoming.filter(
    (one, index, all) => all.findIndex((p) => p.officerId === one.officerId) === index,
  );
  const put = (at: number, change: Partial<CarryItem>) =>
    onChange(items.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const add = () => {
    onChange([...items, { text: "", eventId: null, toOfficerId: "" }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child input")?.focus());
  };
  return (
    <Section
      title={t("handover.carry")}
      count={items.length === 0 ? t("handover.none") : t("handover.items", { count: items.length })}
      tools={
        <button type="button" className="handover-small" onClick={add}>
          {t("handover.carry.new")}
        </button>
      }
    >
      {items.length > 0 && (
        <ul className="handover-carry" ref={list}>
          {items.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no name of their own while they are typed
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
              <button
                type="button"
                className="handover-small"
                aria-label={t("handover.carry.remove_of", { no: index + 1 })}
                onClick={() => onChange(items.filter((_, at) => at !== index))}
              >
                {t("handover.carry.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Remarks({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const t = useText();
  return (
    <Section title={t("handover.remarks")}>
      <textarea
        className="input handover-remarks"
        rows={3}
        maxLength={4000}
        value={text}
        aria-label={t("handover.remarks")}
        placeholder={t("handover.remarks.placeholder")}
        onChange={(event) => onChange(event.target.value)}
      />
    </Section>
  );
}

/** The same, after the outgoing signature: nothing can be changed. */
export function WrittenRecord({ record, nameOf }: { record: HandoverRecord; nameOf: (officerId: string) => string }) {
  const t = useText();
  const amiss = record.checklist.filter((one) => !one.ok).length;
  return (
    <>
      <Section
        title={t("handover.checklist")}
        count={
          amiss === 0
            ? t("handover.checklist.done", { count: record.checklist.length })
            : t("handover.checklist.amiss", { count: amiss })
        }
      >
        <ul className="handover-checks is-read">
          {record.checklist.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed, and two items may bear one name
            <li key={index} className={one.ok ? "is-ok" : "is-amiss"}>
              <span className="handover-check-mark">{t(one.ok ? "handover.check.ok" : "handover.check.amiss")}</span>
              <span>{one.item}</span>
              {one.note && <span className="soft">{one.note}</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t("handover.carry")}
        count={
          record.carryOver.length === 0 ? t("handover.none") : t("handover.items", { count: record.carryOver.length })
        }
      >
        {record.carryOver.length > 0 && (
          <ul className="handover-lines">
            {record.carryOver.map((one) => (
              <li key={`${one.text}/${one.toOfficerId}`}>
                <span>{one.text}</span>
                <span className="handover-carry-to">{t("handover.carry.to", { name: nameOf(one.toOfficerId) })}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t("handover.remarks")} {...(record.remarks === "" ? { count: t("handover.none") } : {})}>
        {record.remarks !== "" && <p className="handover-words">{record.remarks}</p>}
      </Section>
    </>
  );
}
