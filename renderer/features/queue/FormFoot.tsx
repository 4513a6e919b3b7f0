import { Button, Key } from "#renderer/parts/index.ts";
import { confirmKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";

/** The foot of a form of the detail: confirm by Ctrl+Enter, close by Esc, and what happens to what was typed. */
export function FormFoot(props: {
  /** What is confirmed, by its name on the button. */
  readonly label: string;
  readonly grave?: boolean;
  /** A grave step that was confirmed once and asks once more. */
  readonly asked?: boolean;
  readonly busy: boolean;
  readonly hint: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  const action = props.label;
  return (
    <div className="action-form-foot">
      <Button
        tone={props.grave ? "grave" : "next"}
        hotkey={confirmKey}
        keyLabel={t("queue.key.confirm", { action })}
        disabled={props.busy}
        onPress={props.onConfirm}
      >
        {t(props.asked ? "queue.grave.again" : "queue.confirm", { action })}
      </Button>
      <Button onPress={props.onClose}>
        {t("queue.form.close")} <Key name="Esc" />
      </Button>
      <span className="faint">{props.hint}</span>
    </div>
  );
}
