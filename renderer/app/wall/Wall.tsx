import "./wall.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { EmptyState } from "#renderer/parts/index.ts";
import { useText } from "#renderer/text/text.ts";
import { Fault } from "../Fault.tsx";
import { LostBanner } from "../LostBanner.tsx";
import { Look } from "../look.tsx";
import { followLook } from "../store.ts";
import { useRules } from "../use-rules.ts";
import { WallBoard } from "./WallBoard.tsx";

/**
 * The wall display: a page of its own, for eyes alone. It has no keys, no sound and no signs of life: beside the second hand it is
 * drawn anew by news, by a turned page and by the minute.
 */
export function Wall() {
  useEffect(followLook, []);
  return (
    <QueryClientProvider client={deskAnswers}>
      <Look>
        <Fault>
          <Door />
        </Fault>
      </Look>
    </QueryClientProvider>
  );
}

/** WL-1: nobody has to be signed in; only a desk there must be. */
function Door() {
  const t = useText();
  const phase = useDesk("system.status", {}).data?.phase;
  useRules(phase === "ready");
  const title = t("wall.title");
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (phase === "ready") return <WallBoard />;
  return (
    <main className="wall wall-door" aria-label={title}>
      <LostBanner />
      {phase ? (
        <EmptyState title={t(`wall.${phase}`)}>{t(`wall.${phase}.about`)}</EmptyState>
      ) : (
        <EmptyState title={t("wall.opening")} />
      )}
    </main>
  );
}
