import type { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTable } from "micromark-extension-gfm-table";

type Options = NonNullable<Parameters<typeof fromMarkdown>[1]>;
type Extension = Extract<
  NonNullable<Options["mdastExtensions"]>[number],
  { readonly enter?: unknown }
>;
type Enter = NonNullable<NonNullable<Extension["enter"]>["table"]>;
type Exit = NonNullable<NonNullable<Extension["exit"]>["table"]>;

/** A row that is not as wide as its head is filled up when it is drawn. */
const enterRow: Enter = function enterRow(token) {
  this.enter({ type: "tableRow", children: [] }, token);
};

const enterCell: Enter = function enterCell(token) {
  this.enter({ type: "tableCell", children: [] }, token);
};

const leave: Exit = function leave(token) {
  this.exit(token);
};

/** Tables between pipes, as an extension of the tree. A pipe in code inside a cell is written with a backslash before it. */
export const tables: Options = {
  extensions: [gfmTable()],
  mdastExtensions: [
    {
      enter: {
        table(token) {
          const align = (token._align ?? []).map((side) =>
            side === "none" ? null : side,
          );
          this.enter({ type: "table", align, children: [] }, token);
        },
        tableRow: enterRow,
        tableHeader: enterCell,
        tableData: enterCell,
      },
      exit: {
        table: leave,
        tableRow: leave,
        tableHeader: leave,
        tableData: leave,
        codeText(token) {
          const value = this.resume();
          const node = this.stack.at(-1);
          const isInCell = this.stack.some(({ type }) => type === "tableCell");
          if (node?.type === "inlineCode")
            node.value = isInCell ? value.replaceAll("\\|", "|") : value;
          this.exit(token);
        },
      },
    },
  ],
};
