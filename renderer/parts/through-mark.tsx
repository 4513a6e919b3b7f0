import { useText } from "#renderer/text/text.ts";
import type { ShiftView } from "#shared/contract.ts";

/** RO-44: what put somebody into a place, in a sign beside the name, and whom they replace. */
export function ThroughMark({ person }: { person: ShiftView["people"][number] }) {
  const t = useText();
  if (!person.through) return null;
  const about = [
    t(`roster.layer.${person.through}`),
    person.insteadOf === undefined ? "" : t("roster.layer.planned", { name: person.insteadOf }),
  ]
    .filter(Boolean)
    .join(" ");
  return (
    <span className="soft" title={about}>
      {" "}
      <span aria-hidden="true">{t(`roster.layer.${person.through}.sign`)}</span>
      <span className="sr-only">{about}</span>
    </span>
  );
}
