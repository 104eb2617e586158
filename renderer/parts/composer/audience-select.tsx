import { ChevronDown, Link2, UsersRound } from "lucide-react";
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from "react-aria-components";
import type { Audience } from "#core/contract/feed-models.ts";
import { audienceWords } from "#renderer/words/audience.ts";
import "./audience-select.css";

const choices = [
  { id: "contacts", icon: UsersRound, hint: "The people you have met here." },
  {
    id: "link",
    icon: Link2,
    hint: "Anyone who has the link to your open posts.",
  },
] as const;

/** Who will be able to read what is written. */
export function AudienceSelect(props: {
  readonly value: Audience;
  readonly onChange: (audience: Audience) => void;
}) {
  const Icon = props.value === "contacts" ? UsersRound : Link2;
  return (
    <Select
      value={props.value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.id === key);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
    >
      <Label className="unseen">Who can read this</Label>
      <Button className="audience">
        <Icon size={16} aria-hidden />
        <SelectValue>{audienceWords(props.value)}</SelectValue>
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="menu">
          {choices.map(({ id, icon: Choice, hint }) => (
            <ListBoxItem
              key={id}
              id={id}
              className="menu__item"
              textValue={audienceWords(id)}
            >
              <Choice size={17} aria-hidden />
              <span>{audienceWords(id)}</span>
              <span className="menu__hint">{hint}</span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
