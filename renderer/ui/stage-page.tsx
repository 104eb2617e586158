import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";
import "./stage-page.css";

/** A page of its own, before the app is open: the mark, one heading, one thing to do. */
export function StagePage(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className="stage">
      <div className="stage__column">
        <p className="stage__brand">
          <Mark size={34} />
          <span>Commonplace</span>
        </p>
        <h1 className="stage__title">{props.title}</h1>
        {props.lead !== undefined && (
          <p className="stage__lead">{props.lead}</p>
        )}
        {props.children}
      </div>
    </main>
  );
}
