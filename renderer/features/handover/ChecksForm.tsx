import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Button } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";
import { answered } from "#shared/domain/handover/record.ts";
import type { CheckItem, KeyCount, Written } from "./draft.ts";

interface Props {
  readonly written: Written;
  readonly onChange: (next: Partial<Written>) => void;
}

/** HO-5: equipment and keys, each in order or with a word on what is not. Arrows walk, space ticks, Enter goes to the note. */
export function ChecksForm({ written, onChange }: Props) {
  const t = useText();
  const frame = useRef<HTMLDivElement>(null);
  const rows = () => [...(frame.current?.querySelectorAll<HTMLElement>("li") ?? [])];
  const boxIn = (row: HTMLElement | undefined) => row?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  useEffect(() => {
    const boxes = frame.current?.querySelectorAll<HTMLElement>('li input[type="checkbox"]');
    const open = frame.current?.querySelector<HTMLElement>('li.is-open input[type="checkbox"]');
    (open ?? boxes?.[0])?.focus();
  }, []);
  function onKeyDown(event: KeyboardEvent): void {
    const field = event.target as HTMLInputElement;
    const all = rows();
    const at = all.findIndex((row) => row.contains(field));
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.nativeEvent.isComposing || event.ctrlKey || at < 0) return;
    if (step !== 0) boxIn(all[at + step])?.focus();
    else if (event.key !== "Enter") return;
    else if (field.type === "checkbox") all[at]?.querySelector<HTMLElement>(".handover-note")?.focus();
    else boxIn(all[at + 1])?.focus();
    event.preventDefault();
  }
  const rest = <T extends CheckItem | KeyCount>(list: readonly T[]): T[] =>
    list.map((one) => (answered(one) ? one : { ...one, ok: true }));
  const isOpen = [...written.checklist, ...written.keys].some((one) => !answered(one));
  const put = <T,>(list: readonly T[], at: number, change: Partial<T>): T[] =>
    list.map((one, index) => (index === at ? { ...one, ...change } : one));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the fields in it
    <div className="handover-checking" ref={frame} onKeyDown={onKeyDown}>
      <Group title={t("handover.checklist")}>
        {written.checklist.map((one, index) => (
          <Check
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed, and two items may bear one name
            key={index}
            one={one}
            onChange={(change) => onChange({ checklist: put(written.checklist, index, change) })}
          />
        ))}
      </Group>
      <Group title={t("handover.keys")}>
        {written.keys.map((one, index) => (
          <Check
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed, and two items may bear one name
            key={index}
            one={one}
            onChange={(change) => onChange({ keys: put(written.keys, index, change) })}
          >
            {one.unit && (
              <span className="handover-counted">
                <input
                  className="input"
                  inputMode="numeric"
                  value={one.count ?? ""}
                  aria-label={t("handover.keys.count_of", { item: one.item })}
                  onChange={(event) =>
                    onChange({ keys: put(written.keys, index, { count: countOf(event.target.value) }) })
                  }
                />
                {one.unit}
              </span>
            )}
          </Check>
        ))}
      </Group>
      <div className="handover-rest">
        <Button
          hotkey={hotkeys.checks.rest}
          keyLabel={t("handover.checklist.rest")}
          disabled={!isOpen}
          onPress={() => onChange({ checklist: rest(written.checklist), keys: rest(written.keys) })}
        >
          {t("handover.checklist.rest")}
        </Button>
        <span className="handover-words">{t("handover.checklist.rest.about")}</span>
      </div>
    </div>
  );
}

const countOf = (text: string): number | null => {
  const digits = text.replace(/\D/g, "").slice(0, 4);
  return digits === "" ? null : Number(digits);
};

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="handover-section">
      <h2 className="handover-section-head">{title}</h2>
      <ul className="handover-checks">{children}</ul>
    </section>
  );
}

function Check({
  one,
  onChange,
  children,
}: {
  one: CheckItem | KeyCount;
  onChange: (change: { ok?: boolean; note?: string }) => void;
  children?: ReactNode;
}) {
  const t = useText();
  const state = answered(one) ? (one.ok ? "is-ok" : "is-amiss") : one.required ? "is-open" : "is-free";
  return (
    <li className={state}>
      <label className="handover-check">
        <input type="checkbox" checked={one.ok} onChange={(event) => onChange({ ok: event.target.checked })} />
        <span>{one.item}</span>
        {!one.required && <span className="faint">{t("handover.check.free")}</span>}
      </label>
      {children}
      <input
        className="input handover-note"
        value={one.note}
        maxLength={200}
        placeholder={t(one.ok ? "handover.check.note" : "handover.check.note_amiss")}
        aria-label={t("handover.check.note_of", { item: one.item })}
        onChange={(event) => onChange({ note: event.target.value })}
      />
    </li>
  );
}
