import { useEffect, useState } from "react";

/** The whole window on the whole screen, so that menus and tips of ours lie over it too. */
export function useFullScreen(): {
  readonly isOn: boolean;
  readonly toggle: () => void;
} {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const look = () => setOn(document.fullscreenElement instanceof Element);
    look();
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  return {
    isOn,
    toggle: () => {
      const done = isOn
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen();
      // A screen that cannot be filled leaves everything as it is.
      done.catch(() => {});
    },
  };
}
