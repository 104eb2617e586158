import type { LucideIcon } from "lucide-react";
import {
  ArrowDownUp,
  FolderOpen,
  House,
  Settings,
  UsersRound,
} from "lucide-react";
import { Button as Press, TooltipTrigger } from "react-aria-components";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { StatusPill } from "#renderer/features/status/status-pill.tsx";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { To, useRouter } from "#renderer/routing/router.tsx";
import type { Route } from "#renderer/routing/route.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Tip } from "#renderer/ui/tip.tsx";
import { Mark } from "#renderer/ui/mark.tsx";
import "./rail.css";

const places = [
  { words: "Home", icon: House, route: { screen: "home" }, also: ["post"] },
  {
    words: "People",
    icon: UsersRound,
    route: { screen: "people" },
    also: ["person", "keepers"],
  },
  {
    words: "Files",
    icon: FolderOpen,
    route: { screen: "files" },
    also: ["collection", "room"],
  },
  {
    words: "Settings",
    icon: Settings,
    route: { screen: "settings" },
    also: [],
  },
] as const satisfies readonly {
  readonly words: string;
  readonly icon: LucideIcon;
  readonly route: Route;
  readonly also: readonly Route["screen"][];
}[];

/** The ways through the app, who I am, and how the app stands with the network. */
export function Rail(props: {
  readonly transfersOpen: boolean;
  readonly onTransfers: () => void;
}) {
  const { route } = useRouter();
  const me = useCoreState("me", {});
  const feed = useCoreState("feed", { filter: "all", first: 0, count: 0 });
  const invites = useCoreState("invites", {});
  const transfers = useCoreState("transfers", {});
  const moving = (transfers ?? []).filter(
    (one) => one.state.stage === "running",
  ).length;
  const requests = (invites?.made ?? []).reduce(
    (sum, made) => sum + made.requests.length,
    0,
  );
  const counts: Readonly<
    Record<string, { readonly count: number; readonly of: string }>
  > = {
    Home: { count: feed?.unread ?? 0, of: "unread" },
    People: { count: requests, of: "requests" },
  };
  return (
    <nav className="rail" aria-label="Main" data-region="rail" tabIndex={-1}>
      <p className="rail__brand">
        <Mark />
        <span>Commonplace</span>
      </p>
      <div className="rail__nav">
        <ul>
          {places.map(({ icon: Icon, words, route: to, also }) => {
            const badge = counts[words];
            const isCurrent =
              route.screen === to.screen ||
              also.some((screen) => screen === route.screen);
            return (
              <li key={words}>
                <TooltipTrigger delay={600} closeDelay={0}>
                  <To route={to} className="rail__link" current={isCurrent}>
                    <Icon size={20} aria-hidden />
                    <span className="rail__words">{words}</span>
                    {badge !== undefined && badge.count > 0 && (
                      <span className="rail__badge" aria-hidden>
                        {badge.count > 99 ? "99+" : badge.count}
                      </span>
                    )}
                  </To>
                  <Tip>
                    {badge !== undefined && badge.count > 0
                      ? `${words}: ${badge.count} ${badge.of}`
                      : words}
                  </Tip>
                </TooltipTrigger>
              </li>
            );
          })}
        </ul>
      </div>
      <div className="rail__foot">
        <Press
          className="rail__link rail__transfers"
          aria-expanded={props.transfersOpen}
          onPress={props.onTransfers}
        >
          <ArrowDownUp size={20} aria-hidden />
          <span className="rail__words">Transfers</span>
          {moving > 0 && (
            <span className="rail__badge" aria-hidden>
              {moving}
            </span>
          )}
        </Press>
        {me !== undefined && me !== null && (
          <To
            route={{ screen: "person", person: me.person }}
            className="rail__link rail__me"
            current={route.screen === "person" && route.person === me.person}
          >
            <PersonPicture person={me} size={26} />
            <span className="rail__words">
              <span className="unseen">You, </span>
              <Foreign>{me.name}</Foreign>
            </span>
          </To>
        )}
        <StatusPill />
      </div>
    </nav>
  );
}
