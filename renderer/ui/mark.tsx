import "./mark.css";

/** The mark: two circles, and what they have in common. */
export function Mark(props: { readonly size?: number }) {
  const size = props.size ?? 26;
  return (
    <svg
      className="mark"
      viewBox="0 0 26 26"
      width={size}
      height={size}
      aria-hidden
    >
      <circle cx="9" cy="13" r="8" className="mark__one" />
      <circle cx="17" cy="13" r="8" className="mark__two" />
      <path
        d="M13 6.07a8 8 0 0 1 0 13.86 8 8 0 0 1 0-13.86Z"
        className="mark__common"
      />
    </svg>
  );
}
