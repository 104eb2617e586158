import type { ReactNode } from "react";
import type { MarkdownNode } from "./markdown-tree.ts";

type Table = Extract<MarkdownNode, { readonly type: "table" }>;
type Row = Table["children"][number];
type Cell = Row["children"][number];

/** A table between pipes. Rows are as wide as the head: what is missing is empty, what is too much is left out. */
export function MarkdownTable(props: {
  readonly table: Table;
  readonly drawCell: (cell: Cell) => ReactNode;
}) {
  const { table, drawCell } = props;
  const [head, ...rows] = table.children;
  if (head === undefined) return null;
  const columns = head.children.map((_, column) => ({
    column,
    className: classOf(table.align?.[column]),
  }));
  const cell = (row: Row, column: number) => {
    const found = row.children[column];
    return found === undefined ? null : drawCell(found);
  };
  return (
    <div
      className="markdown__table"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a part of a text that scrolls, not of the page
      role="group"
      aria-label="Table"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            {columns.map(({ column, className }) => (
              <th key={column} scope="col" className={className}>
                {cell(head, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={row.position?.start.offset ?? place}>
              {columns.map(({ column, className }) => (
                <td key={column} className={className}>
                  {cell(row, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf(align: string | null | undefined): string | undefined {
  return align === "center" || align === "right"
    ? `markdown__cell--${align}`
    : undefined;
}
