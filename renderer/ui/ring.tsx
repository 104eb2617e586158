import "./ring.css";

const RADIUS = 6.5;
const AROUND = 2 * Math.PI * RADIUS;

/** How much of a whole is there, 0 to 1, as a ring. For the eye only: words stand beside it. */
export function Ring(props: { readonly part: number }) {
  const part = Math.min(1, Math.max(0, props.part));
  return (
    <svg
      className="ring"
      viewBox="0 0 16 16"
      width={16}
      height={16}
      aria-hidden
    >
      <circle cx="8" cy="8" r={RADIUS} className="ring__track" />
      <circle
        cx="8"
        cy="8"
        r={RADIUS}
        className="ring__part"
        strokeDasharray={AROUND}
        strokeDashoffset={AROUND * (1 - part)}
      />
    </svg>
  );
}
