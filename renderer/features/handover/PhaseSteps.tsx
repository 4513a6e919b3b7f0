import { useText } from "#renderer/text/text.ts";
import type { HandoverPhase } from "#shared/domain/handover/handover.ts";

const steps = ["draft", "offered", "sealed"] as const;

/** 草稿 → 交班已签 → 已封存; what is beside the way (withdrawn, contested) takes the place of the step it stands at. */
export function PhaseSteps({ phase }: { phase: HandoverPhase }) {
  const t = useText();
  const here = phase === "withdrawn" ? 0 : phase === "contested" ? 2 : steps.indexOf(phase);
  return (
    <ol className="handover-phases" aria-label={t("handover.phase")}>
      {steps.map((one, index) => (
        <li
          key={one}
          className={index < here ? "is-past" : index === here ? "is-here" : ""}
          aria-current={index === here ? "step" : undefined}
        >
          {t(`handover.phase.${index === here ? phase : one}`)}
        </li>
      ))}
    </ol>
  );
}
