import { Undo2 } from "lucide-react";
import type { HeldPost } from "#core/contract/feed-models.ts";
import { useCommand } from "#renderer/commands/use-command.tsx";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { Markdown } from "#renderer/ui/markdown.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { plural } from "#renderer/words/time.ts";
import { CountdownRing } from "./countdown-ring.tsx";
import "./held-posts.css";

/** Posts that can still be taken back, each with the time left to do so. */
export function HeldPosts(props: {
  readonly belongs: (held: HeldPost) => boolean;
  /** Puts a post that was taken back into its box again. */
  readonly onUndone: (held: HeldPost) => void;
}) {
  const held = useCoreState("held", {}) ?? [];
  const act = useAct();
  const toast = useToast();
  const here = held.filter(props.belongs);
  const undo = (one: HeldPost) =>
    act(
      "undoPost",
      { held: one.id },
      {
        done: ({ undone }) => {
          if (undone) props.onUndone(one);
          else toast({ words: "Too late to take back: the post is written." });
        },
      },
    );
  useCommand("undo", ({ target }) => {
    const newest = here[0];
    // While something is being written, Undo belongs to the text.
    const isBusy = target instanceof HTMLTextAreaElement && target.value !== "";
    if (newest === undefined || isBusy) return false;
    undo(newest);
    return true;
  });
  return (
    <>
      {here.map((one) => (
        <Held key={one.id} held={one} onUndo={() => undo(one)} />
      ))}
    </>
  );
}

function Held(props: { readonly held: HeldPost; readonly onUndo: () => void }) {
  const { held } = props;
  const now = useNow(200);
  const left = Math.max(0, held.until - now);
  return (
    <section className="held" aria-label="Post that can still be taken back">
      <div className="held__text">
        <Markdown text={held.text} />
        {held.attachments.length > 0 && (
          <p className="held__files">
            {plural(held.attachments.length, "file")}
          </p>
        )}
      </div>
      <div className="held__foot">
        <CountdownRing left={left} />
        <span>Posting…</span>
        <Button size="small" icon={Undo2} onPress={props.onUndo}>
          Undo
        </Button>
      </div>
    </section>
  );
}
