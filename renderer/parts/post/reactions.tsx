import { useState } from "react";
import { SmilePlus } from "lucide-react";
import { Button as Press, TooltipTrigger } from "react-aria-components";
import type { Post } from "#core/contract/feed-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { Button } from "#renderer/ui/button.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { Field } from "#renderer/ui/field.tsx";
import { PopoverButton } from "#renderer/ui/popover.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { lettersOf } from "#renderer/ui/letters.ts";
import { Tip } from "#renderer/ui/tip.tsx";
import { peopleWords } from "#renderer/words/people.ts";
import { firstEmoji } from "./first-emoji.ts";
import "./reactions.css";

const quick = ["❤️", "👍", "😄", "🎉", "😮", "😢"] as const;

/** Reactions to a post: one of a kind a person, taken back by pressing again. */
export function Reactions(props: { readonly post: Post }) {
  const { post } = props;
  const act = useAct();
  const react = (emoji: string, on: boolean) =>
    act("react", { post: post.ref, emoji, on });
  return (
    <>
      {post.reactions.map((reaction) => (
        <TooltipTrigger key={reaction.emoji} delay={300} closeDelay={0}>
          <Press
            className={cx("reaction", reaction.mine && "reaction--mine")}
            aria-pressed={reaction.mine}
            aria-label={`${foreignLine(reaction.emoji)} ${reaction.people.length}, ${peopleWords(reaction.people, 5)}`}
            onPress={() => react(reaction.emoji, !reaction.mine)}
          >
            <span aria-hidden>
              {lettersOf(foreignLine(reaction.emoji)).slice(0, 2).join("")}
            </span>
            <span className="reaction__count">{reaction.people.length}</span>
          </Press>
          <Tip>{peopleWords(reaction.people, 8)}</Tip>
        </TooltipTrigger>
      ))}
      <PopoverButton
        label="React"
        trigger={
          <Press
            className="icon-button icon-button--small"
            aria-label="React"
            data-react=""
          >
            <SmilePlus size={18} aria-hidden />
          </Press>
        }
      >
        {(close) => (
          <ReactionChooser
            onChoose={(emoji) => {
              const mine = post.reactions.some(
                (one) => one.emoji === emoji && one.mine,
              );
              react(emoji, !mine);
              close();
            }}
          />
        )}
      </PopoverButton>
    </>
  );
}

function ReactionChooser(props: {
  readonly onChoose: (emoji: string) => void;
}) {
  const [own, setOwn] = useState("");
  const emoji = firstEmoji(own);
  return (
    <div className="reaction-chooser">
      <div className="reaction-chooser__quick">
        {quick.map((one) => (
          <Press
            key={one}
            className="reaction-chooser__one"
            aria-label={`React with ${one}`}
            onPress={() => props.onChoose(one)}
          >
            <span aria-hidden>{one}</span>
          </Press>
        ))}
      </div>
      <form
        className="reaction-chooser__own"
        onSubmit={(event) => {
          event.preventDefault();
          if (emoji !== null) props.onChoose(emoji);
        }}
      >
        <Field
          label="Any other emoji"
          hideLabel
          placeholder="Any other emoji"
          value={own}
          onChange={setOwn}
        />
        <Button type="submit" disabled={emoji === null}>
          React
        </Button>
      </form>
    </div>
  );
}
