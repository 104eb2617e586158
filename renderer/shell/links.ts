/** Links that wait until somebody listens, and go to everybody who does. */
export interface Links {
  readonly deliver: (link: string) => void;
  readonly onLink: (listener: (link: string) => void) => () => void;
}

export function createLinks(): Links {
  const listeners = new Set<(link: string) => void>();
  let waiting: string[] = [];
  return {
    deliver(link) {
      if (listeners.size === 0) waiting.push(link);
      for (const listener of [...listeners]) listener(link);
    },
    onLink(listener) {
      listeners.add(listener);
      const early = waiting;
      waiting = [];
      for (const link of early) listener(link);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
