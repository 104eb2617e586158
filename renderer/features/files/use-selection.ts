import { useMemo, useState } from "react";

/** Which files are selected. `all` means every file of the listing, also those not read yet. */
export interface Selection {
  readonly all: boolean;
  readonly paths: ReadonlySet<string>;
}

const none: Selection = { all: false, paths: new Set() };

/** A path switched on or off. From "all", the one that was pressed is what remains. */
export function toggled(selection: Selection, path: string): Selection {
  if (selection.all) return { all: false, paths: new Set([path]) };
  const paths = new Set(selection.paths);
  if (!paths.delete(path)) paths.add(path);
  return { all: false, paths };
}

/** What an action is for: everything of the folder, what is selected, or else the one item. */
export function chosenPaths(
  selection: Selection,
  folder: string,
  path: string | undefined,
): readonly string[] {
  if (selection.all) return [folder];
  if (selection.paths.size > 0) return [...selection.paths];
  return path === undefined ? [] : [path];
}

export function useSelection() {
  const [selection, setSelection] = useState(none);
  // The same ones while the list stands: rows are not drawn again for them.
  const change = useMemo(
    () => ({
      toggle: (path: string) => setSelection((before) => toggled(before, path)),
      add: (path: string) =>
        setSelection((before) =>
          before.all
            ? before
            : { all: false, paths: new Set([...before.paths, path]) },
        ),
      selectAll: () => setSelection({ all: true, paths: new Set() }),
      clear: () => setSelection(none),
    }),
    [],
  );
  return {
    ...change,
    selection,
    isEmpty: !selection.all && selection.paths.size === 0,
    has: (path: string) => selection.all || selection.paths.has(path),
  };
}
