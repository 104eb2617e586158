import type { ReactNode } from "react";

/** The small bar under a file, with what its view can do. */
export function Tools(props: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="tools" role="toolbar" aria-label={props.label}>
      {props.children}
    </div>
  );
}
