import { usePage } from "#renderer/app/store.ts";
import { Button, Key, StateTag, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { phoneText, shortDateText, shortNumber, titleText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventRow, Thought } from "#shared/contract.ts";
import { isOpen } from "#shared/domain/duty-event/event.ts";
import type { Intake } from "./intake-form.ts";

interface AsideProps {
  readonly intake: Intake;
  readonly thought: Thought | undefined;
  readonly close: () => void;
  readonly change: (next: Partial<Intake>) => void;
  /** Records the words as a call on an event that is open already. */
  readonly onJoin: (event: EventRow) => void;
}

/** What the desk knows while one types: who covers the place, who called before, what may be the same matter. */
export function IntakeAside({ intake, thought, close, change, onJoin }: AsideProps) {
  const t = useText();
  const { goTo, selectEvent } = usePage();
  const open = ({ id }: EventRow) => {
    close();
    selectEvent(id);
    goTo("queue", { eventId: id, view: "all" });
  };
  const same = thought?.duplicates ?? [];
  const back = thought?.relapses ?? [];
  const [first] = same;
  const known = first ?? back[0]?.row;
  useHotkey(hotkeys.intake.open, () => known && open(known), { when: known !== undefined });
  useHotkey(hotkeys.intake.join, () => first && onJoin(first), { when: first !== undefined });
  const marked = intake.relapseOf !== "";
  const mark = () => {
    const own = intake.own.filter((field) => field !== "relapseOf");
    change({ relapseOf: marked ? "" : (back[0]?.row.id ?? ""), own: [...own, "relapseOf"] });
  };
  useHotkey(hotkeys.intake.relapse, mark, { when: back.length > 0 });
  const cover = thought?.cover;
  const caller = thought?.caller;
  const quiet = !cover && same.length === 0 && back.length === 0 && !caller?.total;
  return (
    <aside className="intake-aside" aria-label={t("intake.aside")} aria-live="polite">
      {same.length > 0 && (
        <section className="intake-known is-news">
          <h3>{t("intake.same")}</h3>
          <KnownEvents rows={same} open={open} keyName="Alt+O" />
          <Button onPress={() => first && onJoin(first)}>
            {t("intake.join", { number: shortNumber(first?.number ?? "") })} <Key name="Alt+J" />
          </Button>
        </section>
      )}
      {back.length > 0 && (
        <section className="intake-known is-news">
          <h3>
            {back[0]?.days
              ? t("intake.relapse", { days: back[0].days, within: back[0].within })
              : t("intake.relapse.within_day", { within: back[0]?.within ?? 0 })}
          </h3>
          <KnownEvents rows={back.map(({ row }) => row)} open={open} keyName={first ? "" : "Alt+O"} />
          <label className="ask-check">
            <input type="checkbox" checked={marked} onChange={mark} />
            {t("intake.relapse.mark")} <Key name="Alt+R" />
          </label>
        </section>
      )}
      {cover && (
        <section className="intake-known">
          <h3>{t("intake.covers", { grid: `${cover.community}${cover.grid}` })}</h3>
          <p>
            {t("intake.covers.people", { head: cover.head, worker: cover.worker })}{" "}
            <b className="figures">{phoneText(cover.phone)}</b>
          </p>
        </section>
      )}
      {caller && caller.total > 0 && (
        <section className="intake-known">
          <h3>{t("intake.caller", { count: caller.total })}</h3>
          <KnownEvents rows={caller.rows} open={open} keyName="" />
        </section>
      )}
      {quiet && <p className="faint">{t("intake.aside.none")}</p>}
    </aside>
  );
}

function KnownEvents(props: {
  readonly rows: readonly EventRow[];
  readonly open: (row: EventRow) => void;
  /** The key that opens the first. */
  readonly keyName: string;
}) {
  return (
    <ul>
      {props.rows.map((row, index) => (
        <li key={row.id} className={isOpen(row.state) ? "is-open" : ""}>
          <button type="button" className="button-link figures" onClick={() => props.open(row)}>
            {row.number.replace(/^\d{4}/, "")}
          </button>
          {index === 0 && props.keyName && <Key name={props.keyName} />}
          <StateTag state={row.state} />
          <span className="soft figures">{shortDateText(row.reportedAt)}</span>
          <span className="one-line intake-known-title" title={titleText(row.title)}>
            {titleText(row.title)}
          </span>
        </li>
      ))}
    </ul>
  );
}
