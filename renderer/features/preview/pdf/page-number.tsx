import { useState } from "react";

/** "Page 3 of 12", where the number can be written over. */
export function PageNumber(props: {
  readonly at: number;
  readonly of: number;
  readonly onGo: (page: number) => void;
}) {
  const { at, of } = props;
  const [written, setWritten] = useState<string | null>(null);
  const go = () => {
    const page = Number(written);
    setWritten(null);
    if (written !== null && Number.isInteger(page) && page >= 1 && page <= of)
      props.onGo(page);
  };
  return (
    <span className="page-number">
      <input
        className="page-number__field"
        inputMode="numeric"
        aria-label={`Page, of ${String(of)}`}
        value={written ?? String(at)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setWritten(event.currentTarget.value.slice(0, 6))}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key === "Enter") go();
        }}
      />
      <span aria-hidden>of {of}</span>
    </span>
  );
}
