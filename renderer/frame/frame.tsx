import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { KeySheet } from "#renderer/commands/key-sheet.tsx";
import { useCommand } from "#renderer/commands/use-command.tsx";
import { InviteDialog } from "#renderer/features/invite/invite-dialog.tsx";
import { HandOverSheet } from "#renderer/features/files/hand-over-sheet.tsx";
import { ShareDialog } from "#renderer/features/files/share-dialog.tsx";
import { VersionsWindow } from "#renderer/features/versions/versions-window.tsx";
import { TransfersPanel } from "#renderer/features/transfers/transfers-panel.tsx";
import {
  OverlaysContext,
  type Overlay,
} from "#renderer/parts/place/overlays.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { focusSoon } from "#renderer/ui/focus-soon.ts";
import { UnreadCount } from "#renderer/ui/unread-count.ts";
import { usePauseAll } from "#renderer/parts/keeping/use-pause-all.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { AskOutsideProvider } from "./ask-outside.tsx";
import { DropAnywhere } from "./drop-anywhere.tsx";
import { Outlet } from "./outlet.tsx";
import { Rail } from "./rail.tsx";
import { LookMaker } from "#renderer/looks/look-maker.tsx";
import { StaleBar } from "./stale-bar.tsx";
import { stepRegion } from "./regions.ts";
import { useUndoKey } from "./use-undo-key.ts";
import "./frame.css";

// Comes with the first file that is looked at.
const Preview = lazy(async () => ({
  default: (await import("#renderer/features/preview/preview.tsx")).Preview,
}));

/** The window once the app is open: rail, screen, panel, and what lies over them. */
export function Frame() {
  const { go, back, forward } = useRouter();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const feed = useCoreState("feed", { filter: "all", first: 0, count: 0 });
  const [isPanelOpen, setPanelOpen] = useState(false);
  const overlays = useMemo(
    () => ({
      open: (next: Overlay) => {
        if (next.kind === "transfers") setPanelOpen(true);
        else setOverlay(next);
      },
    }),
    [],
  );
  const close = useCallback(() => setOverlay(null), []);
  const togglePanel = useCallback(() => setPanelOpen((open) => !open), []);

  useCommand("go-home", () => go({ screen: "home" }));
  useCommand("go-people", () => go({ screen: "people" }));
  useCommand("go-files", () => go({ screen: "files" }));
  useCommand("go-settings", () => go({ screen: "settings" }));
  useCommand("new-post", () => {
    go({ screen: "home" });
    focusSoon("[data-composer]");
  });
  useCommand("invite", () => setOverlay({ kind: "invite" }));
  useCommand("share", () => setOverlay({ kind: "hand-over", files: [] }));
  useCommand("keys", () => setOverlay({ kind: "keys" }));
  useCommand("transfers", togglePanel);
  usePauseAll();
  useCommand("back", back);
  useCommand("forward", forward);
  useUndoKey();
  useCommand("next-region", () => stepRegion(1));
  useCommand("previous-region", () => stepRegion(-1));

  return (
    <OverlaysContext value={overlays}>
      <UnreadCount value={feed?.unread ?? 0}>
        <AskOutsideProvider>
          <DropAnywhere>
            <a
              className="skip"
              href="#main"
              onClick={(event) => {
                event.preventDefault();
                document.querySelector<HTMLElement>("#main h1")?.focus();
              }}
            >
              Skip to the page
            </a>
            <LookMaker />
            <div className="frame">
              <Rail transfersOpen={isPanelOpen} onTransfers={togglePanel} />
              <main
                id="main"
                className="frame__main"
                data-region="main"
                tabIndex={-1}
              >
                <StaleBar />
                <Outlet />
              </main>
              {isPanelOpen && (
                <TransfersPanel onClose={() => setPanelOpen(false)} />
              )}
            </div>
            <InviteDialog open={overlay?.kind === "invite"} onClose={close} />
            {overlay?.kind === "share" && (
              <ShareDialog
                folder={overlay.folder}
                files={overlay.files ?? []}
                people={overlay.people ?? []}
                onClose={close}
              />
            )}
            {overlay?.kind === "hand-over" && (
              <HandOverSheet
                files={overlay.files}
                grants={overlay.grants}
                onClose={close}
              />
            )}
            {overlay?.kind === "preview" && (
              <Suspense>
                <Preview subject={overlay.subject} onClose={close} />
              </Suspense>
            )}
            {overlay?.kind === "versions" && (
              <VersionsWindow
                collection={overlay.collection}
                path={overlay.path}
                onClose={close}
              />
            )}
            <KeySheet open={overlay?.kind === "keys"} onClose={close} />
          </DropAnywhere>
        </AskOutsideProvider>
      </UnreadCount>
    </OverlaysContext>
  );
}
