import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { StateTag, useMinute } from "#renderer/parts/index.ts";
import { shortDateText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { dayMs } from "#shared/lib/time.ts";
import type { Intake } from "./intake-form.ts";

/** [D] how far back the same matter at the same place is worth a look. */
const backDays = 30;
const most = 3;

/** The same kind of matter at the same place, open or lately closed: a second call or a relapse, said before it is saved. */
export function SimilarEvents({ intake, close }: { intake: Intake; close: () => void }) {
  const t = useText();
  const now = useMinute();
  const { goTo, selectEvent } = usePage();
  const place = intake.placeText.trim() || [intake.community, intake.grid].filter(Boolean).join(" ");
  const enabled = intake.category !== "" && place.length >= 2;
  const { data, previous } = useDesk(
    "event.list",
    { view: "all", categories: [intake.category], search: place.slice(0, 80), sort: "newest", limit: 10 },
    { enabled },
  );
  const rows = enabled && !previous ? (data?.rows ?? []) : [];
  const near = rows.filter((row) => row.state !== "void" && row.reportedAt > now - backDays * dayMs).slice(0, most);
  if (near.length === 0) return null;
  return (
    <div className="similar" role="status">
      <p>{t("intake.similar", { days: backDays })}</p>
      <ul>
        {near.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className="button-link"
              onClick={() => {
                close();
                selectEvent(row.id);
                goTo("queue", { eventId: row.id, view: "all" });
              }}
            >
              {row.number}
            </button>
            <span className="one-line">{row.title}</span>
            <StateTag state={row.state} />
            <span className="soft figures">{shortDateText(row.reportedAt)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
