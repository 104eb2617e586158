import type { State } from "#core/base/state.ts";
import type { FeatureStates } from "#core/state-sources.ts";

/**
 * The states of an app that may not be unlocked yet: empty, truthfully, until
 * `running` has features, and theirs from then on.
 */
export function liveStates(
  running: State<{ readonly states: FeatureStates } | null>,
): FeatureStates {
  function live<T>(
    pick: (states: FeatureStates) => State<T>,
    empty: T,
  ): State<T> {
    return follow(
      running,
      (now) => (now === null ? null : pick(now.states)),
      empty,
    );
  }
  return {
    me: (params) => live((it) => it.me(params), null),
    network: (params) =>
      live((it) => it.network(params), {
        reach: "everywhere",
        stage: "quiet",
        connected: [],
        leftOut: [],
        nearby: 0,
        helpers: [],
        addresses: [],
      }),
    drill: (params) => live((it) => it.drill(params), { stage: "off" }),
    settings: (params) =>
      live((it) => it.settings(params), {
        theme: "system",
        downloadFolder: null,
        undoMs: 0,
        sendHints: true,
        useHelpers: true,
        beHelper: false,
        network: "everywhere",
        getGoingClosed: false,
        wordsSaved: false,
        pausedAll: false,
        limits: { down: null, up: null, schedule: null },
        room: { limit: null, alwaysFree: 0, freeByItself: false },
      }),
    feed: (params) =>
      live((it) => it.feed(params), {
        filter: params.filter,
        first: params.first,
        total: 0,
        items: [],
        unread: 0,
        arriving: [],
      }),
    held: (params) => live((it) => it.held(params), []),
    thread: (params) => live((it) => it.thread(params), null),
    contacts: (params) => live((it) => it.contacts(params), []),
    keepers: (params) =>
      live((it) => it.keepers(params), {
        offers: [],
        mine: [],
        others: [],
        keepForAll: null,
      }),
    invites: (params) =>
      live((it) => it.invites(params), { made: [], opened: [] }),
    person: (params) => live((it) => it.person(params), null),
    collections: (params) => live((it) => it.collections(params), []),
    collection: (params) => live((it) => it.collection(params), null),
    copies: (params) => live((it) => it.copies(params), null),
    removedFiles: (params) =>
      live((it) => it.removedFiles(params), {
        first: 0,
        total: 0,
        items: [],
      }),
    sharePreview: (params) => live((it) => it.sharePreview(params), null),
    versions: (params) => live((it) => it.versions(params), null),
    transfers: (params) => live((it) => it.transfers(params), []),
    traffic: (params) =>
      live((it) => it.traffic(params), {
        down: 0,
        up: 0,
        limitDown: null,
        limitUp: null,
        until: null,
        pausedAll: false,
      }),
    room: (params) => live((it) => it.room(params), null),
    freeable: (params) =>
      live((it) => it.freeable(params), {
        first: params.first,
        total: 0,
        items: [],
      }),
    untoldFiles: (params) => live((it) => it.untoldFiles(params), []),
  };
}

/** The state that `pick` finds behind another one, following it when it changes. */
function follow<A, T>(
  outer: State<A>,
  pick: (value: A) => State<T> | null,
  empty: T,
): State<T> {
  let inner: { readonly of: A; readonly state: State<T> | null } | null = null;
  function current(): State<T> | null {
    const value = outer.peek();
    if (inner?.of !== value) inner = { of: value, state: pick(value) };
    return inner.state;
  }
  return {
    peek() {
      const state = current();
      return state === null ? empty : state.peek();
    },
    subscribe(listener) {
      let end = current()?.subscribe(listener);
      const endOuter = outer.subscribe(() => {
        end?.();
        end = current()?.subscribe(listener);
        listener();
      });
      return () => {
        end?.();
        endOuter();
      };
    },
  };
}
