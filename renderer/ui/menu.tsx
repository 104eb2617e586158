import type { LucideIcon } from "lucide-react";
import type { ReactElement } from "react";
import {
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Text,
} from "react-aria-components";
import { cx } from "./class-names.ts";
import "./menu.css";

export interface MenuChoice {
  readonly id: string;
  readonly words: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
  readonly onChoose: () => void;
}

/** A button and the menu it opens. */
export function MenuButton(props: {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly choices: readonly MenuChoice[];
}) {
  return (
    <MenuTrigger>
      {props.trigger}
      <Popover
        className="popover menu-popover"
        placement="bottom end"
        offset={4}
      >
        <Menu className="menu" aria-label={props.label}>
          {props.choices.map(({ icon: Icon, ...choice }) => (
            <MenuItem
              key={choice.id}
              id={choice.id}
              className={cx(
                "menu__item",
                choice.danger === true && "menu__item--danger",
              )}
              textValue={choice.words}
              onAction={choice.onChoose}
            >
              <Icon size={17} aria-hidden />
              <Text slot="label" className="menu__words">
                {choice.words}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
