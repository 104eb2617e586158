import { useRef, useState } from "react";
import { FilePlus2 } from "lucide-react";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { Grant } from "#core/contract/models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { useDropTarget } from "#renderer/parts/place/drop-target.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { CopyDialog } from "./copy-dialog.tsx";

/** Adds files to an own collection: dropped or chosen, then copied into its folder if the person says so. */
export function AddFiles(props: { readonly row: CollectionRow }) {
  const { row } = props;
  const shell = useShell();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<readonly Grant[]>([]);
  const take = (files: readonly File[]): void => {
    const failed = () =>
      toast({
        words:
          "This cannot be taken from here. Put it into the folder yourself: it is shared then.",
      });
    Promise.all(files.map((file) => shell.grant(file))).then((grants) => {
      const found = grants.flatMap((grant) => grant ?? []);
      if (found.length === 0) failed();
      else setAsked(found);
    }, failed);
  };
  useDropTarget({ words: "Drop files to add them to this folder", drop: take });
  return (
    <>
      <Button
        kind="quiet"
        size="small"
        icon={FilePlus2}
        onPress={() => input.current?.click()}
      >
        Add files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to add"
        onChange={(event) => {
          take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {asked.length > 0 && (
        <CopyDialog row={row} grants={asked} onClose={() => setAsked([])} />
      )}
    </>
  );
}
