import { FolderUp } from "lucide-react";
import type { Contact } from "#core/contract/contact-models.ts";
import { useShell } from "#renderer/core/shell-context.ts";
import { useDropTarget } from "#renderer/parts/place/drop-target.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { Button } from "#renderer/ui/button.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { chooseDropped } from "./dropped.ts";
import { useToast } from "#renderer/ui/toasts.tsx";

/** Shares a folder with one contact; files or a folder dropped on their page as well. */
export function ShareWith(props: { readonly contact: Contact }) {
  const { contact } = props;
  const { open } = useOverlays();
  const shell = useShell();
  const toast = useToast();
  const people = [contact.person];
  const refuse = () =>
    toast({ words: "This cannot be taken from here. Nothing was shared." });
  useDropTarget({
    words: `Drop to share it with ${foreignLine(contact.name)}`,
    drop: (files) => {
      Promise.all(files.map((file) => shell.grant(file))).then((grants) => {
        const found = grants.flatMap((grant) => grant ?? []);
        if (found.length === 0) {
          refuse();
          return;
        }
        const { folder, files: single, left } = chooseDropped(found);
        open({ kind: "share", folder, files: single, people });
        if (left !== null) toast({ words: left });
      }, refuse);
    },
  });
  return (
    <Button
      icon={FolderUp}
      onPress={() => open({ kind: "share", folder: null, people })}
    >
      Share with them
    </Button>
  );
}
