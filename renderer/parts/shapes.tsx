import type { Level } from "#shared/domain/duty-event/event.ts";

/** Shapes that mean the same as their colours, as on the map: diamond with a mark, square, dot. */
export function LevelShape({ level }: { level: Level }) {
  return (
    <svg className="shape" viewBox="0 0 24 24" width="14" height="14" aria-hidden="true">
      {level === "critical" && (
        <path
          fillRule="evenodd"
          d="M12 0 24 12 12 24 0 12zM10.5 5h3l-.4 9h-2.2zM12 15.6a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z"
        />
      )}
      {level === "urgent" && <path d="M3 3h18v18H3z" />}
      {level === "normal" && <circle cx="12" cy="12" r="7" />}
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
