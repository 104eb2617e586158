import type { ReactNode } from "react";
import { Component, lazy, Suspense } from "react";
import { useShell } from "#renderer/core/shell-context.ts";
import type { PreviewFile } from "./preview-file.ts";
import { previewKind } from "#renderer/parts/media/preview-kind.ts";
import {
  BrokenNotice,
  EmptyNotice,
  OtherNotice,
  ReadingNotice,
} from "./preview-notice.tsx";
import { DrawingView } from "./picture/drawing-view.tsx";
import { PictureView } from "./picture/picture-view.tsx";
import { CaptionsView } from "./text/captions-view.tsx";
import { MarkdownView } from "./text/markdown-view.tsx";
import { TableView } from "./text/table-view.tsx";
import { TextView } from "./text/text-view.tsx";
import { PlayerView } from "./player-view.tsx";
import type { PreviewActions } from "./use-preview-actions.ts";
import type { ViewProps } from "./view-props.ts";

// What is heavy comes when it is needed, so that the first screen stays small.
const PdfView = lazy(async () => ({
  default: (await import("./pdf/pdf-view.tsx")).PdfView,
}));
const ModelView = lazy(async () => ({
  default: (await import("./model/model-view.tsx")).ModelView,
}));
const ArchiveView = lazy(async () => ({
  default: (await import("./archive/archive-view.tsx")).ArchiveView,
}));

/** The file itself, in the view its kind has. */
export function PreviewStage(props: {
  readonly file: PreviewFile;
  readonly beside: readonly PreviewFile[];
  readonly actions: PreviewActions;
}) {
  const { file } = props;
  const { fileUrl } = useShell();
  const view: ViewProps = {
    ...props,
    address: fileUrl(file.root, file.name),
  };
  return (
    <div className="preview__stage">
      <Guard broken={<BrokenNotice {...view} />}>
        <Suspense fallback={<ReadingNotice />}>{drawn(view)}</Suspense>
      </Guard>
    </div>
  );
}

function drawn(view: ViewProps): ReactNode {
  const { file } = view;
  if (file.size === 0) return <EmptyNotice />;
  switch (previewKind(file.name, file.mediaType)) {
    case "picture":
      return <PictureView {...view} />;
    case "drawing":
      return <DrawingView {...view} />;
    case "sound":
      return <PlayerView {...view} kind="sound" />;
    case "film":
      return <PlayerView {...view} kind="film" />;
    case "text":
      return <TextView {...view} />;
    case "markdown":
      return <MarkdownView {...view} />;
    case "captions":
      return <CaptionsView {...view} />;
    case "table":
      return <TableView {...view} />;
    case "pdf":
      return <PdfView {...view} />;
    case "model":
      return <ModelView {...view} />;
    case "archive":
      return <ArchiveView {...view} />;
    case "other":
      return <OtherNotice {...view} />;
  }
}

interface GuardProps {
  readonly broken: ReactNode;
  readonly children: ReactNode;
}

/** Whatever a file does to its view, the window around it stands. */
class Guard extends Component<GuardProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.broken : this.props.children;
  }
}
