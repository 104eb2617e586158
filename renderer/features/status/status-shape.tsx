import type { StatusShape } from "#renderer/words/status.ts";

/** The shape carries the meaning: full, half, hollow, a house, two bars, a sign. */
export function StatusShapeMark(props: { readonly shape: StatusShape }) {
  return (
    <svg
      className={`status-shape status-shape--${props.shape}`}
      viewBox="0 0 16 16"
      width={14}
      height={14}
      aria-hidden
    >
      {props.shape === "house" ? (
        <path
          d="M2.6 7.6 8 3l5.4 4.6M4.2 6.6V13h7.6V6.6"
          className="status-shape__line"
        />
      ) : props.shape === "pause" ? (
        <path d="M5 3v10M11 3v10" className="status-shape__line" />
      ) : props.shape === "down" ? (
        <path d="M8 2v8M8 13.4v.2" className="status-shape__line" />
      ) : (
        <>
          <circle cx="8" cy="8" r="5.6" className="status-shape__line" />
          {props.shape === "full" && (
            <circle cx="8" cy="8" r="5.6" className="status-shape__fill" />
          )}
          {props.shape === "half" && (
            <path
              d="M8 2.4a5.6 5.6 0 0 1 0 11.2Z"
              className="status-shape__fill"
            />
          )}
        </>
      )}
    </svg>
  );
}
