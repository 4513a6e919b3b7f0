import { usePage } from "#renderer/app/store.ts";

/** Leads to an event in the queue; `null`: there is none to lead to. */
export function useOpenEvent(): (id: string | null) => void {
  const { goTo, selectEvent } = usePage();
  return (id) => {
    if (id === null) return;
    selectEvent(id);
    goTo("queue", { eventId: id });
  };
}
