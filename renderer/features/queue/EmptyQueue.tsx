import { usePage } from "#renderer/app/store.ts";
import { Button, EmptyState, Key } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import type { EventSelection, EventView } from "#shared/contract.ts";
import { type Narrow, namedIn } from "./narrow.ts";
import type { EventBlocks } from "./use-event-blocks.ts";

/** Views in which a new event would stand. */
const beginsHere: readonly EventView[] = ["open", "shift", "today", "all"];

/** What a list without rows says, and the next step. */
export function EmptyQueue(props: {
  readonly blocks: EventBlocks;
  readonly view: EventSelection["view"];
  readonly narrow: Narrow;
  readonly widen: () => void;
}) {
  const t = useText();
  const openIntake = usePage((page) => page.openIntake);
  if (props.blocks.first) return <EmptyState title={t("queue.loading")} />;
  if (props.narrow.search || namedIn(props.narrow).length > 0)
    return (
      <EmptyState
        title={t("queue.empty.narrow")}
        action={<Button onPress={props.widen}>{t("queue.empty.widen")}</Button>}
      >
        {t("queue.empty.narrow.how")}
      </EmptyState>
    );
  if (!beginsHere.includes(props.view)) return <EmptyState title={t(`queue.empty.${props.view}`)} />;
  return (
    <EmptyState
      title={t(`queue.empty.${props.view}`)}
      action={
        <Button onPress={() => openIntake()}>
          {t("queue.new")} <Key name="F2" />
        </Button>
      }
    >
      {t("queue.empty.how")}
    </EmptyState>
  );
}
