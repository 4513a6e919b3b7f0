import { Button, Dialog } from "#renderer/parts/index.ts";
import { backKey } from "#renderer/parts/keys.ts";
import { useText } from "#renderer/text/text.ts";

/** Giving up a record of this desk cannot be taken back: the hand is stopped once, and Enter goes on. */
export function DropDialog(props: {
  /** What would be given up, in a sentence. */
  readonly what: string;
  readonly onDrop: () => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  return (
    <Dialog title={t("link.drop.ask")} onClose={props.onClose}>
      <div className="outbox-drop">
        <p>{t("link.drop.about", { text: props.what })}</p>
        <div className="outbox-actions">
          <Button
            tone="grave"
            data-first
            onPress={() => {
              props.onClose();
              props.onDrop();
            }}
          >
            {t("link.drop")}
          </Button>
          <Button hotkey={backKey} onPress={props.onClose}>
            {t("parts.cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
