import { useDownload } from "#renderer/parts/collection/use-download.tsx";
import type { PreviewSubject } from "#renderer/parts/place/preview-subject.ts";
import { PreviewWindow } from "./preview-window.tsx";
import { useCollectionList, usePostList } from "./use-preview-list.ts";
import { usePreviewActions } from "./use-preview-actions.ts";

/** Shows one file over the whole window, and those beside it a key away. */
export function Preview(props: {
  readonly subject: PreviewSubject;
  readonly onClose: () => void;
}) {
  const { subject, onClose } = props;
  return subject.kind === "collection" ? (
    <OfCollection subject={subject} onClose={onClose} />
  ) : (
    <OfPost subject={subject} onClose={onClose} />
  );
}

function OfCollection(props: {
  readonly subject: Extract<PreviewSubject, { kind: "collection" }>;
  readonly onClose: () => void;
}) {
  const list = useCollectionList(props.subject);
  const { download, chooser } = useDownload(props.subject.listing.collection);
  const actions = usePreviewActions(
    list.file,
    (path) => download([path]),
    props.onClose,
  );
  return (
    <>
      <PreviewWindow list={list} actions={actions} />
      {chooser}
    </>
  );
}

function OfPost(props: {
  readonly subject: Extract<PreviewSubject, { kind: "post" }>;
  readonly onClose: () => void;
}) {
  const list = usePostList(props.subject);
  const actions = usePreviewActions(list.file, null, props.onClose);
  return <PreviewWindow list={list} actions={actions} />;
}
