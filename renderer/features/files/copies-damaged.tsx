import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionItem } from "#core/contract/collection-models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { damageWords } from "#renderer/words/file-copies.ts";

/** Files that rotted on this disk: what is done about each, and what a person has to decide. */
export function DamagedNotices(props: {
  readonly collection: SpaceId;
  readonly items: readonly CollectionItem[];
}) {
  const mend = useTask("mendFile");
  return (
    <>
      {props.items.map((item) => {
        if (item.kind !== "file" || item.state.stage !== "damaged") return null;
        const { isMine, isComing, from } = item.state;
        const { path } = item;
        const choose = (how: "again" | "keep") =>
          mend.run({ collection: props.collection, path, how });
        return (
          <Notice
            key={path}
            tone="warn"
            action={
              isMine && !isComing ? (
                <>
                  <Button
                    size="small"
                    pending={mend.pending}
                    onPress={() => choose("again")}
                  >
                    {from.length > 0
                      ? "Get it again"
                      : "Get it when somebody has it"}
                  </Button>
                  <Button
                    size="small"
                    kind="quiet"
                    pending={mend.pending}
                    onPress={() => choose("keep")}
                  >
                    I changed it: keep it
                  </Button>
                </>
              ) : undefined
            }
          >
            {damageWords(`\u2068${foreignLine(item.name)}\u2069`, item.state)}
          </Notice>
        );
      })}
      <ErrorNotice error={mend.error} />
    </>
  );
}
