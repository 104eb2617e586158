import type { ReactNode } from "react";
import { useCallback, useEffect, useRef, useState } from "react";
import { isWriting } from "#renderer/commands/keys.ts";
import {
  AttachContext,
  DropTargets,
  type DropTarget,
} from "#renderer/parts/place/drop-target.ts";
import { findLink } from "#renderer/parts/place/find-link.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { focusSoon } from "#renderer/ui/focus-soon.ts";
import { readQr } from "#renderer/ui/qr-read.ts";
import "./drop-anywhere.css";

/** Something over the page waits for an answer, which a drop would throw away. */
function isAsking(): boolean {
  return document.querySelector(".modal") !== null;
}

/** Takes what is dropped or pasted anywhere: a link or its QR picture opens its page, files go to the screen that stands, or it is asked what should happen with them. */
export function DropAnywhere(props: { readonly children: ReactNode }) {
  const { go } = useRouter();
  const { open } = useOverlays();
  const targets = useRef<{ readonly current: DropTarget }[]>([]);
  const [hint, setHint] = useState<string | null>(null);
  /** Files on their way to where posts are written. */
  const forPost = useRef<readonly File[]>([]);
  const deliver = useCallback(() => {
    const composer = targets.current.find((it) => it.current.isComposer);
    if (composer === undefined || forPost.current.length === 0) return;
    composer.current.drop(forPost.current);
    forPost.current = [];
  }, []);
  const attach = useCallback(
    (files: readonly File[]) => {
      forPost.current = files;
      go({ screen: "home" });
      deliver();
      focusSoon("[data-composer]");
    },
    [deliver, go],
  );
  const add = useCallback(
    (target: { readonly current: DropTarget }) => {
      targets.current.push(target);
      deliver();
      return () => {
        targets.current = targets.current.filter((one) => one !== target);
      };
    },
    [deliver],
  );

  const take = useCallback(
    (files: readonly File[]) => {
      const target = targets.current.at(-1)?.current;
      if (target !== undefined) target.drop(files);
      else if (!isAsking()) open({ kind: "hand-over", files });
    },
    [open],
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
              (isAsking() ? null : "Drop to share it, or to open an invite"))
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
      <AttachContext value={attach}>{props.children}</AttachContext>
      {hint !== null && (
        <div className="drop-hint" aria-hidden>
          <p>{hint}</p>
        </div>
      )}
    </DropTargets>
  );
}
