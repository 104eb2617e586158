import { useDownload } from "#renderer/parts/collection/use-download.tsx";
import type { PreviewSubject } from "#renderer/parts/place/preview-subject.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { fileOfVersion } from "./preview-file.ts";
import { PreviewWindow } from "./preview-window.tsx";
import { useCollectionList, usePostList } from "./use-preview-list.ts";
import { usePreviewActions } from "./use-preview-actions.ts";

/** Shows one file over the whole window, and those beside it a key away. */
export function Preview(props: {
  readonly subject: PreviewSubject;
  readonly onClose: () => void;
}) {
  const { subject, onClose } = props;
  if (subject.kind === "version")
    return <OfVersion subject={subject} onClose={onClose} />;
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

function OfVersion(props: {
  readonly subject: Extract<PreviewSubject, { kind: "version" }>;
  readonly onClose: () => void;
}) {
  const { subject } = props;
  const { open } = useOverlays();
  const file = fileOfVersion(subject);
  const { collection, path } = subject;
  const actions = usePreviewActions(file, null, () =>
    open({ kind: "versions", collection, path }),
  );
  const list = { file, count: null, before: null, after: null, beside: [] };
  return <PreviewWindow list={list} actions={actions} />;
}

function OfPost(props: {
  readonly subject: Extract<PreviewSubject, { kind: "post" }>;
  readonly onClose: () => void;
}) {
  const list = usePostList(props.subject);
  const actions = usePreviewActions(list.file, null, props.onClose);
  return <PreviewWindow list={list} actions={actions} />;
}
