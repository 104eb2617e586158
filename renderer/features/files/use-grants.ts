import { useEffect, useState } from "react";
import type { Grant } from "#core/contract/models.ts";
import { useShell } from "#renderer/core/shell-context.ts";

export interface HandedFiles {
  readonly grants: readonly Grant[];
  /** So many cannot be taken from where they are. */
  readonly refused: number;
}

/** Hands files to the core; null while that is going on. A folder has no size of its own. */
export function useGrants(files: readonly File[]): HandedFiles | null {
  const shell = useShell();
  const [handed, setHanded] = useState<
    (HandedFiles & { readonly files: readonly File[] }) | null
  >(null);
  useEffect(() => {
    let isStale = false;
    const take = (grants: readonly Grant[]) => {
      if (!isStale)
        setHanded({ files, grants, refused: files.length - grants.length });
    };
    const each = files.map((file) => shell.grant(file).catch(() => null));
    Promise.all(each).then(
      (found) => take(found.flatMap((grant) => grant ?? [])),
      () => take([]),
    );
    return () => {
      isStale = true;
    };
  }, [shell, files]);
  return handed?.files === files ? handed : null;
}
