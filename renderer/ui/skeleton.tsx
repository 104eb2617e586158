import "./skeleton.css";

/** Up to three grey rows in the shape of what is being read. */
export function Skeleton(props: {
  readonly shape: "post" | "row" | "line";
  readonly rows?: 1 | 2 | 3;
  readonly label?: string;
}) {
  const rows = ["one", "two", "three"].slice(0, props.rows ?? 3);
  return (
    <div className="skeleton" aria-busy="true">
      <output className="unseen">{props.label ?? "Reading…"}</output>
      {rows.map((row) => (
        <div key={row} className={`skeleton__${props.shape}`} aria-hidden>
          {props.shape !== "line" && <span className="skeleton__round" />}
          <span className="skeleton__bars">
            <span className="skeleton__bar skeleton__bar--short" />
            <span className="skeleton__bar" />
            {props.shape === "post" && <span className="skeleton__bar" />}
          </span>
        </div>
      ))}
    </div>
  );
}
