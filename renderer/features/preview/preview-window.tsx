import { useState } from "react";
import { FileX } from "lucide-react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { ProgramQuestion } from "#renderer/parts/media/program-question.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { Empty } from "#renderer/ui/empty.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { PreviewDetails } from "./preview-details.tsx";
import { PreviewHead } from "./preview-head.tsx";
import { PreviewKeysContext } from "./preview-keys.ts";
import { ReadingNotice } from "./preview-notice.tsx";
import { PreviewStage } from "./preview-stage.tsx";
import type { AskingActions } from "./use-preview-actions.ts";
import type { PreviewList } from "./use-preview-list.ts";
import { usePreviewWindow } from "./use-preview-window.ts";
import "./preview.css";

/** The whole window: the line above, the file, what is known about it. Esc closes it. */
export function PreviewWindow(props: {
  readonly list: PreviewList;
  readonly actions: AskingActions;
}) {
  const { list, actions } = props;
  const [details, setDetails] = useState(false);
  const toggleDetails = () => setDetails((open) => !open);
  const { box, addKeys, isFull } = usePreviewWindow(
    list,
    actions,
    toggleDetails,
  );
  const file = list.file ?? null;
  return (
    <ModalOverlay
      className="preview-cover"
      isOpen
      onOpenChange={(open) => {
        if (!open) actions.close();
      }}
    >
      <Modal className="preview-cover__box">
        <Dialog
          ref={box}
          className={cx("preview", isFull && "preview--full")}
          aria-label={file === null ? "Preview" : foreignLine(file.name)}
        >
          <PreviewKeysContext value={addKeys}>
            <PreviewHead
              file={file}
              list={list}
              actions={actions}
              details={details}
              onDetails={toggleDetails}
            />
            <div className="preview__body">
              {file !== null ? (
                <PreviewStage
                  key={file.key}
                  file={file}
                  beside={list.beside}
                  actions={actions}
                />
              ) : list.file === undefined ? (
                <ReadingNotice />
              ) : (
                <div className="preview__notice">
                  <Empty
                    icon={FileX}
                    title="This file is no longer in the list."
                  />
                </div>
              )}
              {details && file !== null && <PreviewDetails file={file} />}
            </div>
          </PreviewKeysContext>
          {file !== null && (
            <ProgramQuestion
              asked={actions.asked}
              owner={file.from}
              onClose={() => actions.answer(null)}
              onOpen={actions.answer}
            />
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
