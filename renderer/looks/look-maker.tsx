import { useEffect } from "react";
import type { FoundLook } from "#core/contract/look-models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { lookAt } from "./look-at.ts";

/**
 * Finds out how own files look, one after another while nothing else is to be
 * done, and hands that to the core. Draws nothing.
 */
export function LookMaker() {
  const { client, fileUrl } = useShell();
  const files = useCoreState("untoldFiles", {});

  useEffect(() => {
    if (files === undefined || files.length === 0) return;
    const stop = new AbortController();
    const work = async () => {
      const looks: FoundLook[] = [];
      for (const file of files) {
        await idle(stop.signal);
        const address = fileUrl(file.root, file.name);
        looks.push(await lookAt(file, address, stop.signal));
      }
      await client.call("describeFiles", { looks });
    };
    // Stopped, or no core any more: the same files come again.
    work().catch(() => undefined);
    return () => stop.abort();
  }, [client, fileUrl, files]);
  return null;
}

/** Resolves when the page is seen and has nothing else to do. */
function idle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const wait = () => {
      if (signal.aborted) reject(new Error("stopped"));
      else if (document.visibilityState === "visible")
        requestIdleCallback(() => resolve(), { timeout: 2_000 });
      else
        document.addEventListener("visibilitychange", wait, {
          once: true,
          signal,
        });
    };
    wait();
  });
}
