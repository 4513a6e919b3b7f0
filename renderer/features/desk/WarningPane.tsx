import { Pane, Sample, useMinute, WarningShape } from "#renderer/parts/index.ts";
import { whenText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { Warning } from "#shared/contract.ts";

/** Warnings in force, the gravest first. */
export function WarningPane({ warnings }: { warnings: readonly Warning[] }) {
  const t = useText();
  const at = useMinute();
  const order = ["red", "orange", "yellow", "blue"];
  const sorted = [...warnings].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return (
    <Pane title={t("desk.warnings", { count: warnings.length })}>
      {sorted.length === 0 && <p className="soft">{t("desk.warnings.none")}</p>}
      <ul className="warnings">
        {sorted.map((warning) => (
          <li key={warning.id} className={`warning is-${warning.level}`}>
            <WarningShape level={warning.level} />
            <div>
              <p className="warning-title">
                <strong>{t(`desk.warning.${warning.level}`)}</strong> {warning.title} {warning.sample && <Sample />}
              </p>
              <p className="soft">{warning.text}</p>
              <p className="faint figures">
                {t("desk.warning.until", { from: whenText(warning.fromAt, at), to: whenText(warning.toAt, at) })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Pane>
  );
}
