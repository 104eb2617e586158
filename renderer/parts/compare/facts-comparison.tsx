import { kindWords } from "#renderer/parts/media/kind-words.ts";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { sizeWords } from "#renderer/words/size.ts";
import { exactTime } from "#renderer/words/time.ts";
import type { ComparedFile, CompareProps } from "./compared-file.ts";
import "./facts-comparison.css";

/** Two files that cannot be looked into: what is known about each, side by side. */
export function FactsComparison({ before, after }: CompareProps) {
  return (
    <table className="facts">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">What</span>
          </th>
          <th scope="col">
            <Foreign>{before.label}</Foreign>
          </th>
          <th scope="col">
            <Foreign>{after.label}</Foreign>
          </th>
        </tr>
      </thead>
      <tbody>
        {facts(before).map(([term, old], place) => {
          const young = facts(after)[place]?.[1] ?? "";
          return (
            <tr key={term}>
              <th scope="row">{term}</th>
              <td>
                <Foreign>{old}</Foreign>
              </td>
              <td className={old === young ? "" : "facts__other"}>
                <Foreign>{young}</Foreign>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function facts(one: ComparedFile): readonly (readonly [string, string])[] {
  const { file, changedAt } = one;
  return [
    ["Name", file.name],
    ["Kind", kindWords(file)],
    ["Size", sizeWords(file.size)],
    ["Changed", changedAt === null ? "Not known" : exactTime(changedAt)],
  ];
}
