import type { ReactNode } from "react";
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from "react";
import { Link } from "react-aria-components";
import { home, readEntry, type Route } from "./route.ts";

interface Router {
  readonly route: Route;
  /** How many of our places lie behind this one. */
  readonly depth: number;
  readonly go: (route: Route) => void;
  readonly replace: (route: Route) => void;
  readonly back: () => void;
  readonly forward: () => void;
}

const RouterContext = createContext<Router | null>(null);

export function useRouter(): Router {
  const router = use(RouterContext);
  if (router === null) throw new Error("no router around this component");
  return router;
}

/** Keeps the place in the history entries, so that Back works everywhere and the address stays as it is. */
export function RouterProvider(props: { readonly children: ReactNode }) {
  const [entry, setEntry] = useState(
    () => readEntry(history.state) ?? { route: home, depth: 0 },
  );
  useEffect(() => {
    const moved = (event: PopStateEvent) =>
      setEntry(readEntry(event.state) ?? { route: home, depth: 0 });
    window.addEventListener("popstate", moved);
    return () => window.removeEventListener("popstate", moved);
  }, []);
  const go = useCallback(
    (route: Route) => {
      if (JSON.stringify(route) === JSON.stringify(entry.route)) return;
      const next = { route, depth: entry.depth + 1 };
      history.pushState(next, "");
      setEntry(next);
    },
    [entry],
  );
  const replace = useCallback(
    (route: Route) => {
      const next = { route, depth: entry.depth };
      history.replaceState(next, "");
      setEntry(next);
    },
    [entry.depth],
  );
  const back = useCallback(() => {
    if (entry.depth > 0) history.back();
    else replace(home);
  }, [entry.depth, replace]);
  const forward = useCallback(() => history.forward(), []);
  const router = useMemo(
    () => ({
      route: entry.route,
      depth: entry.depth,
      go,
      replace,
      back,
      forward,
    }),
    [entry, go, replace, back, forward],
  );
  return <RouterContext value={router}>{props.children}</RouterContext>;
}

/** Leads to another place of the app. */
export function To(props: {
  readonly route: Route;
  readonly className?: string;
  readonly children: ReactNode;
  readonly current?: boolean;
  readonly label?: string;
}) {
  const { go } = useRouter();
  return (
    <Link
      className={props.className ?? "link"}
      onPress={() => go(props.route)}
      {...(props.current === true ? { "aria-current": "page" } : {})}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
    >
      {props.children}
    </Link>
  );
}
