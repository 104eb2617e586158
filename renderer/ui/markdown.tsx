import type { ReactNode } from "react";
import { Fragment, useMemo } from "react";
import { foreignText } from "./foreign-text.ts";
import { markdownTree, type MarkdownNode } from "./markdown-tree.ts";
import { MarkdownTable } from "./markdown-table.tsx";
import { OutsideLink } from "./outside-link.tsx";
import { outsideAddress } from "./outside-address.ts";
import "./markdown.css";

interface Parent {
  readonly children: readonly MarkdownNode[];
}

function keyOf(node: MarkdownNode, place: number): string {
  return `${node.type}-${node.position?.start.offset ?? place}`;
}

function all(node: Parent): ReactNode[] {
  const children: readonly MarkdownNode[] = node.children;
  return children.map((child, place) => (
    <Fragment key={keyOf(child, place)}>{draw(child)}</Fragment>
  ));
}

/** Bare addresses in plain text become links too. */
function drawText(text: string): ReactNode {
  const parts = foreignText(text).split(
    /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/u,
  );
  return parts.map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      <OutsideLink key={`${part}-${String(place)}`} address={part}>
        {part}
      </OutsideLink>
    ),
  );
}

/** One node as elements. What is not known here is shown as the text it holds; HTML is shown as text. */
function draw(node: MarkdownNode): ReactNode {
  switch (node.type) {
    case "text":
      return drawText(node.value);
    case "paragraph":
      return <p>{all(node)}</p>;
    case "heading":
      return (
        <p className={`markdown__heading markdown__heading--${node.depth}`}>
          {all(node)}
        </p>
      );
    case "emphasis":
      return <em>{all(node)}</em>;
    case "strong":
      return <strong>{all(node)}</strong>;
    case "inlineCode":
      return <code>{foreignText(node.value)}</code>;
    case "code":
      return (
        <pre>
          <code>{foreignText(node.value)}</code>
        </pre>
      );
    case "blockquote":
      return <blockquote>{all(node)}</blockquote>;
    case "list":
      return node.ordered === true ? (
        <ol start={node.start ?? 1}>{all(node)}</ol>
      ) : (
        <ul>{all(node)}</ul>
      );
    case "listItem":
      return <li>{all(node)}</li>;
    case "table":
      return <MarkdownTable table={node} drawCell={all} />;
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "link": {
      const address = outsideAddress(node.url);
      return address === null ? (
        all(node)
      ) : (
        <OutsideLink address={address}>{plainText(node)}</OutsideLink>
      );
    }
    case "image":
      // Never loaded: a picture at an address would tell its owner who reads.
      return (
        <span className="markdown__image">
          {foreignText(node.alt ?? node.url)}
        </span>
      );
    case "html":
      return foreignText(node.value);
    default:
      return "children" in node ? all(node) : null;
  }
}

function plainText(node: MarkdownNode): string {
  if ("value" in node) return foreignText(node.value);
  if ("children" in node) {
    const children: readonly MarkdownNode[] = node.children;
    return children.map(plainText).join("");
  }
  return "";
}

/** What a person wrote, as a tree of elements; no string of it is ever taken for HTML. */
export function Markdown(props: { readonly text: string }) {
  const tree = useMemo(() => markdownTree(props.text), [props.text]);
  return (
    <div className="markdown foreign" dir="auto">
      {tree === null ? <p>{foreignText(props.text)}</p> : all(tree)}
    </div>
  );
}
