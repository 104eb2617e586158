import type { ReactNode } from "react";
import { useCallback, useEffect, useRef, useState } from "react";
import { isWriting } from "#renderer/commands/keys.ts";
import {
  DropTargets,
  type DropTarget,
} from "#renderer/parts/place/drop-target.ts";
import { findLink } from "#renderer/parts/place/find-link.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { readQr } from "#renderer/ui/qr-read.ts";
import { useToast } from "#renderer/ui/toasts.tsx";
import "./drop-anywhere.css";

/** Takes what is dropped or pasted anywhere: a link or its QR picture opens its page, files go to the screen that stands. */
export function DropAnywhere(props: { readonly children: ReactNode }) {
  const { go } = useRouter();
  const toast = useToast();
  const targets = useRef<{ readonly current: DropTarget }[]>([]);
  const [hint, setHint] = useState<string | null>(null);
  const add = useCallback((target: { readonly current: DropTarget }) => {
    targets.current.push(target);
    return () => {
      targets.current = targets.current.filter((one) => one !== target);
    };
  }, []);

  const take = useCallback(
    (files: readonly File[]) => {
      const target = targets.current.at(-1)?.current;
      if (target !== undefined) target.drop(files);
      else {
        toast({
          words:
            "Files can be dropped on Home to attach them, or on Files to share a folder.",
        });
      }
    },
    [toast],
  );

  const takeAll = useCallback(
    (files: readonly File[]) => {
      const [only] = files;
      if (
        files.length !== 1 ||
        only === undefined ||
        !only.type.startsWith("image/")
      ) {
        take(files);
        return;
      }
      // On a screen that takes files a picture is rarely a code.
      readQr(only, targets.current.length > 0 ? "quick" : "patient").then(
        (text) => {
          const link = text === null ? null : findLink(text);
          if (link === null) take(files);
          else go({ screen: "link", link });
        },
        () => take(files),
      );
    },
    [go, take],
  );

  useEffect(() => {
    let depth = 0;
    const over = (event: DragEvent) => {
      event.preventDefault();
    };
    const enter = (event: DragEvent) => {
      depth += 1;
      const hasFiles = event.dataTransfer?.types.includes("Files") === true;
      setHint(
        hasFiles
          ? (targets.current.at(-1)?.current.words ??
              "Drop an invite picture to open it")
          : "Drop a link to open it",
      );
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setHint(null);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      depth = 0;
      setHint(null);
      const files = [...(event.dataTransfer?.files ?? [])];
      const link = findLink(event.dataTransfer?.getData("text/plain") ?? "");
      if (files.length > 0) takeAll(files);
      else if (link !== null) go({ screen: "link", link });
    };
    const paste = (event: ClipboardEvent) => {
      if (isWriting(event.target)) return;
      const link = findLink(event.clipboardData?.getData("text/plain") ?? "");
      const files = [...(event.clipboardData?.files ?? [])];
      if (link !== null) go({ screen: "link", link });
      else if (files.length > 0) takeAll(files);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    window.addEventListener("paste", paste);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
      window.removeEventListener("paste", paste);
    };
  }, [go, takeAll]);

  return (
    <DropTargets value={add}>
      {props.children}
      {hint !== null && (
        <div className="drop-hint" aria-hidden>
          <p>{hint}</p>
        </div>
      )}
    </DropTargets>
  );
}
