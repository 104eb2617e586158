import { useEffect, useState } from "react";
import type { CoreError } from "#core/contract/errors.ts";
import type { Post, PostVersion } from "#core/contract/feed-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { ModalDialog } from "#renderer/ui/dialog.tsx";
import { Markdown } from "#renderer/ui/markdown.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { exactTime } from "#renderer/words/time.ts";
import "./history-dialog.css";

/** Every version of a post, newest first. */
export function HistoryDialog(props: {
  readonly post: Post;
  readonly onClose: () => void;
}) {
  const act = useAct();
  const [versions, setVersions] = useState<readonly PostVersion[] | null>(null);
  const [error, setError] = useState<CoreError | null>(null);
  const { ref } = props.post;
  useEffect(() => {
    act(
      "postVersions",
      { post: ref },
      { done: (answer) => setVersions(answer.versions), failed: setError },
    );
  }, [act, ref]);
  return (
    <ModalDialog title="History of this post" open onClose={props.onClose}>
      <ErrorNotice error={error} />
      {versions === null && error === null && (
        <Skeleton shape="line" rows={2} />
      )}
      {versions !== null && (
        <ol className="versions">
          {versions.toReversed().map((version, place) => (
            <li key={`${version.at}-${version.text}`} className="versions__one">
              <p className="versions__when">
                {place === 0 ? "Now, since " : ""}
                <time dateTime={new Date(version.at).toISOString()}>
                  {exactTime(version.at)}
                </time>
              </p>
              <Markdown text={version.text} />
            </li>
          ))}
        </ol>
      )}
    </ModalDialog>
  );
}
