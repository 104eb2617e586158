import { useEffect } from "react";
import { Commands } from "#renderer/commands/use-command.tsx";
import { ShellContext } from "#renderer/core/shell-context.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Locked } from "#renderer/features/welcome/locked.tsx";
import { Welcome } from "#renderer/features/welcome/welcome.tsx";
import { RouterProvider, useRouter } from "#renderer/routing/router.tsx";
import type { Shell } from "#renderer/shell/shell.ts";
import { LiveRegion } from "#renderer/ui/live.tsx";
import { Toasts } from "#renderer/ui/toasts.tsx";
import { Failed } from "./frame/failed.tsx";
import { Frame } from "./frame/frame.tsx";
import { Starting } from "./frame/starting.tsx";

/** The whole interface, around one shell. */
export function App(props: { readonly shell: Shell }) {
  return (
    <ShellContext value={props.shell}>
      <LiveRegion>
        <Toasts>
          <Commands>
            <RouterProvider>
              <Links shell={props.shell} />
              <Theme />
              <Stage />
            </RouterProvider>
          </Commands>
        </Toasts>
      </LiveRegion>
    </ShellContext>
  );
}

/** A link the app was opened with leads to its page, never further (IN6). */
function Links(props: { readonly shell: Shell }) {
  const { shell } = props;
  const { go } = useRouter();
  useEffect(
    () => shell.onLink((link) => go({ screen: "link", link })),
    [shell, go],
  );
  return null;
}

function Theme() {
  const settings = useCoreState("settings", {});
  const theme = settings?.theme ?? "system";
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return null;
}

/** Every stage of the start is a screen. */
function Stage() {
  const app = useCoreState("app", {});
  switch (app?.stage) {
    case undefined:
    case "starting":
      return <Starting />;
    case "setup":
      return <Welcome locks={app.locks} />;
    case "locked":
      return <Locked lock={app.lock} />;
    case "failed":
      return <Failed problem={app.problem} detail={app.detail} />;
    case "ready":
      return <Frame />;
  }
}
