import {
  CircleAlert,
  File,
  FileQuestion,
  FileX,
  HardDrive,
  Hourglass,
  Scaling,
} from "lucide-react";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { damagedWords } from "#renderer/words/file-copies.ts";
import { peopleWords } from "#renderer/words/people.ts";
import { useElapsed } from "#renderer/ui/clock.ts";
import { sizeWords } from "#renderer/words/size.ts";
import { kindWords } from "#renderer/parts/media/kind-words.ts";
import type { PreviewFile } from "./preview-file.ts";
import type { ViewProps } from "./view-props.ts";

/** A wait shorter than this is not worth a word. */
const QUIET_MS = 400;

/** While the first bytes come. */
export function ReadingNotice() {
  const isLong = useElapsed(QUIET_MS);
  return (
    <output className="preview__reading">{isLong ? "Reading…" : ""}</output>
  );
}

/** A file without a byte. */
export function EmptyNotice() {
  return (
    <div className="preview__notice">
      <Empty icon={File} title="This file is empty." />
    </div>
  );
}

/** Nobody in reach has it, or there is no room for it; it is shown as soon as that changes. */
export function WaitingNotice({
  file,
  actions,
  isFull = false,
}: ViewProps & { readonly isFull?: boolean }) {
  const damage = file.state?.stage === "damaged" ? file.state : null;
  const { go } = useRouter();
  return (
    <div className="preview__notice">
      <Empty
        icon={isFull ? HardDrive : damage === null ? Hourglass : CircleAlert}
        title={waitingLine(file, isFull)}
        actions={
          <>
            {isFull && (
              <Button
                kind="primary"
                onPress={() => {
                  actions.close();
                  go({ screen: "room" });
                }}
              >
                Make room
              </Button>
            )}
            <Button onPress={actions.close} kind="secondary">
              Cancel
            </Button>
          </>
        }
      >
        {isFull
          ? "There is no room for it now. It shows here as soon as there is some."
          : damage !== null
            ? "It shows here when it is whole again."
            : file.from.isMe
              ? "Its folder may be on a drive that is not connected. It shows here when it is back."
              : "Nobody connected has this now. It shows here as soon as somebody does."}
      </Empty>
    </div>
  );
}

/** What a file waits for, in one line. */
export function waitingLine(file: PreviewFile, isFull: boolean): string {
  if (isFull) return "Waiting for room on this computer";
  const { state, from } = file;
  if (state?.stage === "damaged") return damagedWords(state);
  // Those who were seen to have it, else whoever shared it.
  const absent =
    state?.stage === "away"
      ? state.absent.map(({ person }) => person)
      : state?.stage === "waiting"
        ? state.people
        : [];
  if (absent.length === 0 && from.isMe) return "This file is not here now";
  return `Waiting for ${peopleWords(absent.length > 0 ? absent : [from])}`;
}

/** The bytes are there, and not what they should be. */
export function BrokenNotice(props: ViewProps & { readonly words?: string }) {
  return (
    <div className="preview__notice">
      <Empty
        icon={FileX}
        title={
          props.words ?? "This file is damaged, or not what its name says."
        }
        actions={<OpenElsewhere {...props} />}
      />
    </div>
  );
}

/** Whole, and more than a window should take. */
export function LargeNotice(props: ViewProps) {
  return (
    <div className="preview__notice">
      <Empty
        icon={Scaling}
        title="Too large to preview"
        actions={<OpenElsewhere {...props} />}
      >
        Pictures up to 100 megapixels and files up to 200 MB are shown here.
        Another app may show it.
      </Empty>
    </div>
  );
}

/** A kind of file that has no view of its own. */
export function OtherNotice(props: ViewProps) {
  const { file } = props;
  return (
    <div className="preview__notice">
      <Empty
        icon={FileQuestion}
        title={kindWords(file)}
        actions={<OpenElsewhere {...props} />}
      >
        {sizeWords(file.size)}. Commonplace cannot show this kind of file.
      </Empty>
    </div>
  );
}

function OpenElsewhere({ actions }: ViewProps) {
  if (actions.openElsewhere !== null)
    return (
      <Button kind="primary" onPress={actions.openElsewhere}>
        Open in another app
      </Button>
    );
  const get = actions.download ?? actions.save;
  return get === null ? null : (
    <Button kind="primary" onPress={get}>
      {actions.download === null ? "Save a copy" : "Download"}
    </Button>
  );
}
