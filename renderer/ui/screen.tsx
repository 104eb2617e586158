import type { ReactNode, Ref } from "react";
import { use, useEffect, useRef } from "react";
import { ArrowLeft } from "lucide-react";
import { IconButton } from "./icon-button.tsx";
import { cx } from "./class-names.ts";
import { UnreadCount } from "./unread-count.ts";
import "./screen.css";

/** One screen: its heading, what can be done on it, and its scrolled content. The heading takes the focus when the screen opens. */
export function Screen({
  scroller,
  ...props
}: {
  readonly title: string;
  /** What is drawn instead of the plain title. */
  readonly heading?: ReactNode;
  readonly actions?: ReactNode;
  readonly below?: ReactNode;
  readonly children: ReactNode;
  readonly width?: "read" | "wide";
  readonly onBack?: () => void;
  readonly scroller?: Ref<HTMLDivElement>;
  readonly hideTitle?: boolean;
}) {
  const unread = use(UnreadCount);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const count = unread > 0 ? ` (${unread} unread)` : "";
    document.title = `${props.title} — Commonplace${count}`;
  }, [props.title, unread]);
  useEffect(() => {
    // Whoever came here by a key or a press goes on from the heading; what lies over the page keeps its focus.
    const cover = document.activeElement?.closest(
      "[role=dialog],[role=alertdialog]",
    );
    if (cover === undefined || cover === null)
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div
      className="screen"
      {...(scroller === undefined ? {} : { ref: scroller })}
      data-screen
    >
      <div
        className={cx(
          "screen__column",
          `screen__column--${props.width ?? "read"}`,
        )}
      >
        <header className="screen__head">
          {props.onBack !== undefined && (
            <IconButton
              icon={ArrowLeft}
              label="Back"
              keys="Alt+←"
              onPress={props.onBack}
            />
          )}
          <h1
            ref={heading}
            tabIndex={-1}
            className={cx(
              "screen__title",
              props.hideTitle === true && "unseen",
            )}
          >
            {props.heading ?? props.title}
          </h1>
          {props.actions !== undefined && (
            <div className="screen__actions">{props.actions}</div>
          )}
        </header>
        {props.below}
        {props.children}
      </div>
    </div>
  );
}
