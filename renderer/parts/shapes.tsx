import type { Level } from "#shared/domain/duty-event/event.ts";

/** Shapes that mean the same as their colours, for eyes that do not tell colours apart. 12 px box. */
export function LevelShape({ level }: { level: Level }) {
  return (
    <svg className="shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {level === "critical" && <path d="M6 .8 11.6 11H.4Z" />}
      {level === "urgent" && <path d="M6 .6 11.4 6 6 11.4.6 6Z" />}
      {level === "normal" && <circle cx="6" cy="6" r="3.4" />}
    </svg>
  );
}

const warningBars = { blue: [0], yellow: [0, 1], orange: [0, 1, 2], red: [0, 1, 2, 3] } as const;

/** Sign of a warning in force: as many bars as its grade, so that grades differ without colour. */
export function WarningShape({ level }: { level: keyof typeof warningBars }) {
  return (
    <svg
      className={`shape warning-shape warning-${level}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path d="M1 1h14v14H1Z" />
      {warningBars[level].map((bar) => (
        <rect
          key={bar}
          className="warning-bar"
          x={3 + bar * 2.75}
          y={11 - bar * 2.4}
          width="1.8"
          height={2 + bar * 2.4}
        />
      ))}
    </svg>
  );
}
