import { Check, ChevronDown } from "lucide-react";
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as Chooser,
  SelectValue,
} from "react-aria-components";
import "./select.css";

/** One of several, in a list that opens. */
export function Select<Id extends string>(props: {
  readonly label: string;
  readonly value: Id;
  readonly choices: readonly { readonly id: Id; readonly words: string }[];
  readonly onChange: (id: Id) => void;
  readonly hideLabel?: boolean;
}) {
  return (
    <Chooser
      className="select"
      value={props.value}
      onChange={(key) => {
        const chosen = props.choices.find((choice) => choice.id === key);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
    >
      <Label className={props.hideLabel === true ? "unseen" : "field__label"}>
        {props.label}
      </Label>
      <Button className="select__button">
        <SelectValue className="select__value">
          {({ selectedText }) => selectedText}
        </SelectValue>
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="menu">
          {props.choices.map((choice) => (
            <ListBoxItem
              key={choice.id}
              id={choice.id}
              textValue={choice.words}
              className="menu__item select__item"
            >
              {({ isSelected }) => (
                <>
                  <Check
                    size={16}
                    aria-hidden
                    className={isSelected ? "" : "select__off"}
                  />
                  <span>{choice.words}</span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Chooser>
  );
}
