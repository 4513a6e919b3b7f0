import { QueryClientProvider } from "@tanstack/react-query";
import { deskAnswers } from "#renderer/bridge/use-desk.ts";

export function App() {
  return <QueryClientProvider client={deskAnswers}>{null}</QueryClientProvider>;
}
