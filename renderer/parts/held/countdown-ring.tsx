import { useState } from "react";

const AROUND = 2 * Math.PI * 8;

/** A ring that empties as the time runs out. For the eye only. */
export function CountdownRing(props: { readonly left: number }) {
  // The whole is what was left when the ring first stood.
  const [whole] = useState(Math.max(1, props.left));
  const part = Math.min(1, props.left / whole);
  return (
    <svg
      className="countdown"
      viewBox="0 0 20 20"
      width={20}
      height={20}
      aria-hidden
    >
      <circle cx="10" cy="10" r="8" className="countdown__track" />
      <circle
        cx="10"
        cy="10"
        r="8"
        className="countdown__left"
        style={{
          strokeDasharray: AROUND,
          strokeDashoffset: AROUND * (1 - part),
        }}
      />
    </svg>
  );
}
