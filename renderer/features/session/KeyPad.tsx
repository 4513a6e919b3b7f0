import { useText } from "#renderer/text/text.ts";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0"];

/** Figures for a finger or a mouse; a keyboard needs none of it, so it is no tab stop. */
export function KeyPad({ onDigit, onBack }: { onDigit: (digit: string) => void; onBack: () => void }) {
  const t = useText();
  return (
    <div className="key-pad">
      {digits.map((digit) =>
        digit === "" ? (
          <span key="gap" />
        ) : (
          <button key={digit} type="button" tabIndex={-1} className="button" onClick={() => onDigit(digit)}>
            {digit}
          </button>
        ),
      )}
      <button type="button" tabIndex={-1} className="button" onClick={onBack}>
        {t("session.erase")}
      </button>
    </div>
  );
}
