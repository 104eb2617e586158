import { useEffect, useRef, useState } from "react";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { plural } from "#renderer/words/time.ts";
import type { PdfFind } from "./use-pdf-find.ts";

/** A field to find words in a document, and the way from one page that has them to the next. */
export function PdfFindBar(props: {
  readonly find: PdfFind;
  /** The page in view. */
  readonly at: number;
  readonly onGo: (page: number) => void;
  readonly onClose: () => void;
}) {
  const { find, at } = props;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  useEffect(() => field.current?.focus(), []);
  const before = find.pages.findLast((page) => page < at) ?? find.pages.at(-1);
  const after = find.pages.find((page) => page > at) ?? find.pages[0];
  const go = (page: number | undefined) => {
    if (page !== undefined) props.onGo(page);
  };
  return (
    <search className="pdf-find">
      <input
        ref={field}
        className="pdf-find__field"
        aria-label="Find in this document"
        placeholder="Find"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          find.look(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? before : after);
          if (event.key !== "Escape") return;
          event.stopPropagation();
          props.onClose();
        }}
      />
      <output className="pdf-find__count">
        {find.needle === ""
          ? ""
          : find.pages.length > 0
            ? `On ${plural(find.pages.length, "page")}`
            : find.isDone
              ? "Not found"
              : "Looking…"}
      </output>
      <IconButton
        icon={ArrowUp}
        label="Page before with it"
        size="small"
        disabled={find.pages.length === 0}
        onPress={() => go(before)}
      />
      <IconButton
        icon={ArrowDown}
        label="Next page with it"
        size="small"
        disabled={find.pages.length === 0}
        onPress={() => go(after)}
      />
      <IconButton
        icon={X}
        label="Close search"
        size="small"
        onPress={props.onClose}
      />
    </search>
  );
}
