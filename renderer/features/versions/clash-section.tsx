import { useState } from "react";
import type { FileVersion, Keep } from "#core/contract/version-models.ts";
import { Comparison } from "#renderer/parts/compare/comparison.tsx";
import type { ComparedFile } from "#renderer/parts/compare/compared-file.ts";
import { Button } from "#renderer/ui/button.tsx";
import { readClock } from "#renderer/ui/read-clock.ts";
import { Select } from "#renderer/ui/select.tsx";
import {
  removalWords,
  chooseWords,
  versionLabel,
  versionWords,
} from "#renderer/words/versions.ts";

/** Versions that stand beside each other, compared, and what can be done about it. */
export function ClashSection(props: {
  readonly name: string;
  /** Newest first. */
  readonly standing: readonly FileVersion[];
  readonly mayWrite: boolean;
  readonly isBusy: boolean;
  readonly onKeep: (keep: Keep) => void;
}) {
  const { name, standing, isBusy, onKeep } = props;
  const changes = standing.filter((it) => it.content !== null);
  const removals = standing.filter((it) => it.content === null);
  const mine = changes.find((it) => it.person.isMe) ?? changes[0];
  const others = changes.filter((it) => it !== mine);
  const [chosen, choose] = useState(others[0]?.version ?? null);
  const other = others.find((it) => it.version === chosen) ?? others[0];
  const now = readClock();
  if (mine === undefined) return null;
  const isAlone = (version: FileVersion) =>
    changes.filter((it) => it.person.person === version.person.person)
      .length === 1;
  return (
    <section className="clash" aria-label="What stands now">
      {removals.length > 0 && (
        <p className="clash__words">
          {removalWords(
            removals.map((it) => it.person),
            changes.map((it) => it.person),
          )}{" "}
          Nothing is lost: the changed file stays until somebody decides.
        </p>
      )}
      {removals.length === 0 && (
        <p className="clash__words">
          Changed in two places without knowing of each other. Both are safe.
        </p>
      )}
      {others.length > 1 && other !== undefined && (
        <Select
          label="Compare with"
          value={other.version}
          onChange={choose}
          choices={others.map((it) => ({
            id: it.version,
            words: versionWords(it, now),
          }))}
        />
      )}
      {other !== undefined && (
        <div className="clash__compare">
          <Comparison
            before={comparedOf(name, mine, now)}
            after={comparedOf(name, other, now)}
          />
        </div>
      )}
      {props.mayWrite ? (
        <div className="clash__choices">
          {other === undefined ? (
            <>
              <Button
                kind="primary"
                focusFirst
                pending={isBusy}
                onPress={() =>
                  onKeep({ kind: "version", version: mine.version })
                }
              >
                Keep the file
              </Button>
              <Button
                disabled={isBusy}
                onPress={() => onKeep({ kind: "removal" })}
              >
                Remove it
              </Button>
            </>
          ) : (
            <>
              <Button
                kind="primary"
                focusFirst
                pending={isBusy}
                onPress={() => onKeep({ kind: "both" })}
              >
                {changes.length > 2 ? "Keep all" : "Keep both"}
              </Button>
              {[mine, ...others].map((it) => (
                <Button
                  key={it.version}
                  disabled={isBusy}
                  onPress={() =>
                    onKeep({ kind: "version", version: it.version })
                  }
                >
                  {chooseWords(it, isAlone(it))}
                </Button>
              ))}
              {removals.length > 0 && (
                <Button
                  disabled={isBusy}
                  onPress={() => onKeep({ kind: "removal" })}
                >
                  Remove it
                </Button>
              )}
            </>
          )}
        </div>
      ) : (
        <p className="clash__words">
          Those who may change this collection decide which one stays.
        </p>
      )}
    </section>
  );
}

function comparedOf(
  name: string,
  version: FileVersion,
  now: number,
): ComparedFile {
  const { content } = version;
  if (content === null) throw new Error("a removal has nothing to compare");
  const { root, size, mediaType, changedAt } = content;
  return {
    file: { root, name, size, mediaType },
    label: versionLabel(version, now),
    changedAt,
  };
}
