import { useCallback, useState } from "react";
import { CoreError } from "#core/contract/errors.ts";
import { POST_ATTACHMENTS } from "#core/contract/limits.ts";
import type { GrantId } from "#core/contract/ids.ts";
import { asCoreError } from "#renderer/core/use-act.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import type { Chip } from "./chip.ts";

/** More than are ever chosen at once. */
const BATCH = 1000;
const PICTURES = /^image\/(?:png|jpeg|gif|webp|avif)$/u;

export interface Chips {
  readonly all: readonly Chip[];
  readonly trouble: CoreError | null;
  readonly add: (files: readonly File[]) => void;
  readonly describe: (grant: GrantId, alt: string) => void;
  /** It turned out to be no picture: it goes along as a file. */
  readonly undrawn: (grant: GrantId) => void;
  readonly remove: (grant: GrantId) => void;
  readonly replace: (chips: readonly Chip[]) => void;
}

/** The files attached to what is being written. */
export function useChips(): Chips {
  const shell = useShell();
  const [all, setAll] = useState<readonly Chip[]>([]);
  const [trouble, setTrouble] = useState<CoreError | null>(null);
  const add = useCallback(
    (files: readonly File[]) => {
      setTrouble(null);
      const began = readClock() * BATCH;
      for (const [place, file] of files.entries()) {
        shell.grant(file).then(
          (grant) => {
            if (grant === null) {
              setTrouble(new CoreError("file-unreadable", { name: file.name }));
              return;
            }
            const chip: Chip = {
              grant: grant.grant,
              name: grant.name,
              size: grant.size ?? file.size,
              alt: "",
              preview: PICTURES.test(file.type)
                ? URL.createObjectURL(file)
                : null,
              order: began + place,
            };
            // Small files are ready before large ones.
            setAll((before) =>
              [...before, chip]
                .sort((one, other) => one.order - other.order)
                .slice(0, POST_ATTACHMENTS),
            );
          },
          (error: unknown) => setTrouble(asCoreError(error)),
        );
      }
    },
    [shell],
  );
  const describe = useCallback((grant: GrantId, alt: string) => {
    setAll((before) =>
      before.map((chip) => (chip.grant === grant ? { ...chip, alt } : chip)),
    );
  }, []);
  const undrawn = useCallback((grant: GrantId) => {
    setAll((before) =>
      before.map((chip) =>
        chip.grant === grant ? { ...chip, alt: "", preview: null } : chip,
      ),
    );
  }, []);
  const remove = useCallback((grant: GrantId) => {
    setTrouble(null);
    setAll((before) => before.filter((chip) => chip.grant !== grant));
  }, []);
  const replace = useCallback((chips: readonly Chip[]) => setAll(chips), []);
  return { all, trouble, add, describe, undrawn, remove, replace };
}
