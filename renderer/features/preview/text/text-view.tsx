import type { ReactNode } from "react";
import { useMemo, useState } from "react";
import { FileCode, WholeWord } from "lucide-react";
import {
  BrokenNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import { Tools } from "#renderer/features/preview/tools.tsx";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { plural } from "#renderer/words/time.ts";
import { LineList } from "./line-list.tsx";
import { textLines } from "#renderer/parts/media/text/text-lines.ts";
import { useText, type ReadText } from "./use-text.ts";

/** A text, in whatever letters it was written. */
export function TextView(props: ViewProps) {
  const reading = useText(props);
  switch (reading.stage) {
    case "reading":
      return <ReadingNotice />;
    case "waiting":
      return <WaitingNotice {...props} isFull={reading.isFull} />;
    case "broken":
      return <BrokenNotice {...props} />;
    case "ready":
      return <ShownText {...props} text={reading.value} />;
  }
}

/** Letters of one width show what programs and tables are made of. */
function isMonoAtFirst(name: string): boolean {
  return !/\.(?:txt|text|md|markdown)$/iu.test(name);
}

export function ShownText(
  props: ViewProps & {
    readonly text: ReadText;
    /** Further buttons of the bar. */
    readonly more?: ReactNode;
  },
) {
  const { text, file } = props;
  const [isMono, setMono] = useState(() => isMonoAtFirst(file.name));
  const lines = useMemo(() => textLines(text.text), [text.text]);
  return (
    <>
      <LineList
        lines={lines}
        isMono={isMono}
        label={file.name}
        foot={
          text.isCut
            ? "This is the beginning. Open it in another app to read on."
            : null
        }
      />
      <Tools label="Text">
        <span className="tools__words">
          {plural(lines.length, "line")} · {text.encoding}
        </span>
        <IconButton
          icon={isMono ? FileCode : WholeWord}
          label="Letters of one width"
          pressed={isMono}
          onPress={() => setMono(!isMono)}
        />
        {props.more}
      </Tools>
    </>
  );
}
