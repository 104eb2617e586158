import { cx } from "#renderer/ui/class-names.ts";
import type { DiffLine, DiffRow } from "./diff-rows.ts";

/** One row of a comparison: two halves beside each other, or up to two lines below each other. */
export function DiffRowView(props: {
  readonly row: DiffRow;
  readonly look: "beside" | "inline";
}) {
  const { row, look } = props;
  if (look === "inline" && row.same)
    return <Line line={row.right} kind="same" />;
  if (look === "inline")
    return (
      <>
        {row.left !== null && <Line line={row.left} kind="gone" />}
        {row.right !== null && <Line line={row.right} kind="come" />}
      </>
    );
  return (
    <div className="diff-row">
      <Line line={row.left} kind={row.same ? "same" : "gone"} />
      <Line line={row.right} kind={row.same ? "same" : "come"} />
    </div>
  );
}

const SIGNS = { same: "", gone: "−", come: "+" } as const;
const SAID = { same: null, gone: "Taken out:", come: "Added:" } as const;

function Line(props: {
  readonly line: DiffLine | null;
  readonly kind: "same" | "gone" | "come";
}) {
  const { line, kind } = props;
  if (line === null) return <div className="diff-line diff-line--none" />;
  const Mark = kind === "gone" ? "del" : "ins";
  return (
    <div className={cx("diff-line", `diff-line--${kind}`)}>
      <span className="diff-line__number" aria-hidden>
        {line.number}
      </span>
      <span className="diff-line__sign" aria-hidden>
        {SIGNS[kind]}
      </span>
      <span className="diff-line__text foreign" dir="auto">
        {SAID[kind] !== null && <span className="unseen">{SAID[kind]} </span>}
        {marked(line).map(({ from, part }) =>
          part.isNew ? (
            <Mark key={from} className="diff-line__mark">
              {part.text}
            </Mark>
          ) : (
            <span key={from}>{part.text}</span>
          ),
        )}
      </span>
    </div>
  );
}

/** The parts of a line with the place each begins at. */
function marked(line: DiffLine) {
  let from = 0;
  return line.parts.map((part) => {
    const begun = from;
    from += part.text.length + 1;
    return { from: begun, part };
  });
}
