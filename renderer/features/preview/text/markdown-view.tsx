import { useRef, useState } from "react";
import { BookOpenText, Code } from "lucide-react";
import {
  BrokenNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import { Tools } from "#renderer/features/preview/tools.tsx";
import { useFirstFocus } from "#renderer/features/preview/use-first-focus.ts";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Markdown } from "#renderer/ui/markdown.tsx";
import { markdownTree } from "#renderer/ui/markdown-tree.ts";
import { ShownText } from "./text-view.tsx";
import { useText } from "./use-text.ts";

/** A text with formatting: drawn from its tree, or as it was written. */
export function MarkdownView(props: ViewProps) {
  const reading = useText(props);
  const [asWritten, setAsWritten] = useState(false);
  if (reading.stage === "reading") return <ReadingNotice />;
  if (reading.stage === "waiting")
    return <WaitingNotice {...props} isFull={reading.isFull} />;
  if (reading.stage === "broken") return <BrokenNotice {...props} />;
  const text = reading.value;
  // What costs too much to read as a tree is shown as its lines.
  if (text.isCut || markdownTree(text.text) === null)
    return <ShownText {...props} text={text} />;
  if (asWritten)
    return (
      <ShownText
        {...props}
        text={text}
        more={
          <IconButton
            icon={BookOpenText}
            label="Formatted"
            onPress={() => setAsWritten(false)}
          />
        }
      />
    );
  return (
    <>
      <Page name={props.file.name} text={text.text} />
      <Tools label="Text">
        <IconButton
          icon={Code}
          label="As it was written"
          onPress={() => setAsWritten(true)}
        />
      </Tools>
    </>
  );
}

function Page(props: { readonly name: string; readonly text: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  useFirstFocus(scroller);
  return (
    <div
      ref={scroller}
      className="page-view"
      role="document"
      aria-label={props.name}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
      tabIndex={0}
    >
      <div className="page-view__page">
        <Markdown text={props.text} />
      </div>
    </div>
  );
}
