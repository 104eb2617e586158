import type { SpaceId } from "#core/contract/ids.ts";
import type { FileVersion, Keep } from "#core/contract/version-models.ts";
import { useAct, useTask } from "#renderer/core/use-act.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import { versionWords } from "#renderer/words/versions.ts";
import { readClock } from "#renderer/ui/read-clock.ts";

const DONE: Readonly<Record<Keep["kind"], string>> = {
  both: "Both are kept, each under a name of its own.",
  version: "One version is in use. The other stays among the versions.",
  removal: "The file is off the list.",
};

/** Settles versions and puts earlier ones back; both can be undone. */
export function useSettle(collection: SpaceId, path: string) {
  const act = useAct();
  const toast = useToast();
  const resolve = useTask("resolveVersions");
  const back = useTask("putBack");

  const settle = (keep: Keep, done: () => void) =>
    resolve.run({ collection, path, keep }, ({ settled, added }) => {
      done();
      toast({
        words: DONE[keep.kind],
        action: {
          words: "Undo",
          run: () =>
            act("reopenVersions", { collection, path, settled, added }),
        },
      });
    });
  const putBack = (version: FileVersion, current: FileVersion | null) =>
    back.run({ collection, path, version: version.version }, () =>
      toast({
        words: `Put back: ${versionWords(version, readClock())}.`,
        ...(current === null || current.content === null
          ? {}
          : {
              action: {
                words: "Undo",
                run: () =>
                  act("putBack", {
                    collection,
                    path,
                    version: current.version,
                  }),
              },
            }),
      }),
    );
  return {
    settle,
    putBack,
    isBusy: resolve.pending || back.pending,
    error: resolve.error ?? back.error,
  };
}
