import { usePage } from "#renderer/app/store.ts";
import { QueuePlace } from "./QueuePlace.tsx";
import { TaskPlace } from "./TaskPlace.tsx";

/** The queue: by events, or by the tasks of their parties. */
export function Queue() {
  const tab = usePage((page) => page.args["tab"]);
  return tab === "tasks" ? <TaskPlace /> : <QueuePlace />;
}
