import type { ReactNode } from "react";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { cx } from "#renderer/ui/class-names.ts";

/** Shows about twelve lines, and the rest when asked. */
export function CutText(props: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [isLong, setLong] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    const measured = box.current;
    if (measured === null) return;
    const look = () => {
      if (!isOpen) setLong(measured.scrollHeight > measured.clientHeight + 8);
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(measured);
    return () => observer.disconnect();
  }, [isOpen]);
  return (
    <>
      <div
        ref={box}
        className={cx(
          "cut",
          !isOpen && "cut--closed",
          isLong && !isOpen && "cut--long",
        )}
      >
        {props.children}
      </div>
      {isLong && (
        <div className="cut__more">
          <Button kind="quiet" size="small" onPress={() => setOpen(!isOpen)}>
            {isOpen ? "Show less" : "Show all"}
          </Button>
        </div>
      )}
    </>
  );
}
