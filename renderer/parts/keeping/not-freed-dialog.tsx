import type { NotFreed } from "#core/contract/keeping-models.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { canInsist, refusalWords } from "#renderer/words/room.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { plural } from "#renderer/words/time.ts";
import "./not-freed-dialog.css";

const SHOWN = 100;

/** What was not freed, and why; what may be insisted upon can be freed all the same. */
export function NotFreedDialog(props: {
  readonly files: readonly NotFreed[];
  readonly count: number;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onInsist: (paths: readonly string[]) => void;
}) {
  const { files, count } = props;
  const now = useNow(60_000);
  const insisted = files.filter(canInsist);
  const isOnly = insisted.some(({ reason }) => reason === "only-copy");
  return (
    <ModalDialog
      title={count === 1 ? "One file stays" : `${plural(count, "file")} stay`}
      open={props.open}
      onClose={props.onClose}
      size="medium"
      question
    >
      <div className="not-freed">
        <ul className="not-freed__list">
          {files.slice(0, SHOWN).map((file) => (
            <li key={file.path}>
              <span className="not-freed__name">
                <Foreign>{file.path}</Foreign>
                <span className="not-freed__size">{sizeWords(file.size)}</span>
              </span>
              <span className="not-freed__why">{refusalWords(file, now)}</span>
            </li>
          ))}
        </ul>
        {count > SHOWN && <p>And {plural(count - SHOWN, "more file")}.</p>}
        {isOnly && (
          <p>If the only copy goes, nobody can give it back, you included.</p>
        )}
        <ButtonRow>
          <Button kind="primary" focusFirst onPress={props.onClose}>
            {insisted.length === 0
              ? "Close"
              : insisted.length === 1
                ? "Keep it here"
                : "Keep them here"}
          </Button>
          {insisted.length > 0 && (
            <Button
              kind={isOnly ? "danger" : "secondary"}
              onPress={() => props.onInsist(insisted.map(({ path }) => path))}
            >
              {insisted.length === 1
                ? "Free up anyway"
                : `Free up ${plural(insisted.length, "file")} anyway`}
            </Button>
          )}
        </ButtonRow>
      </div>
    </ModalDialog>
  );
}
