import type { ReactNode } from "react";
import { act as reactAct } from "react";
import { createRoot } from "react-dom/client";
import { App } from "#renderer/app.tsx";
import { Commands } from "#renderer/commands/use-command.tsx";
import { ShellContext } from "#renderer/core/shell-context.ts";
import { RouterProvider } from "#renderer/routing/router.tsx";
import { LiveRegion } from "#renderer/ui/live.tsx";
import { Toasts } from "#renderer/ui/toasts.tsx";
import type { FakeShell } from "./fake-shell.ts";

/** A part of the interface, drawn around a fake shell, and what a person can do with it. */
export interface Drawn {
  readonly page: HTMLElement;
  /** The element of a role and name; null when there is none. */
  readonly find: (selector: string, words?: string) => HTMLElement | null;
  readonly press: (selector: string, words?: string) => Promise<void>;
  readonly write: (selector: string, text: string) => Promise<void>;
  readonly key: (selector: string, init: KeyboardEventInit) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Does something and lets React finish; between such steps it works as in a window. */
export async function act(work: () => Promise<void>): Promise<void> {
  Reflect.set(globalThis, "IS_REACT_ACT_ENVIRONMENT", true);
  await reactAct(work);
  Reflect.set(globalThis, "IS_REACT_ACT_ENVIRONMENT", false);
}

/** What is heard of an element's text: what is for the eyes only left out. */
export function heardIn(element: Element): string {
  return [...element.childNodes]
    .map((child) => {
      if (!(child instanceof Element)) return child.textContent ?? "";
      return child.getAttribute("aria-hidden") === "true" ? "" : heardIn(child);
    })
    .join("");
}

/** Draws an element inside all that surrounds a screen. */
export function draw(shell: FakeShell, element: ReactNode): Promise<Drawn> {
  return mount(
    <ShellContext value={shell}>
      <LiveRegion>
        <Toasts>
          <Commands>
            <RouterProvider>{element}</RouterProvider>
          </Commands>
        </Toasts>
      </LiveRegion>
    </ShellContext>,
  );
}

/** Draws the whole app. */
export function drawApp(shell: FakeShell): Promise<Drawn> {
  return mount(<App shell={shell} />);
}

async function mount(element: ReactNode): Promise<Drawn> {
  history.replaceState(null, "");
  const page = document.createElement("div");
  document.body.append(page);
  const root = createRoot(page);
  await act(async () => {
    root.render(element);
    await Promise.resolve();
  });
  const find = (selector: string, words?: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].find((one) => {
      const name = one.getAttribute("aria-label") ?? heardIn(one);
      return words === undefined || name.trim() === words;
    }) ?? null;
  const need = (selector: string, words?: string) => {
    const found = find(selector, words);
    if (found === null)
      throw new Error(`nothing like ${selector} “${words ?? ""}”`);
    return found;
  };
  return {
    page,
    find,
    press: async (selector, words) => {
      await act(async () => {
        need(selector, words).click();
        await Promise.resolve();
      });
    },
    write: async (selector, text) => {
      const box = need(selector);
      const kind =
        box instanceof HTMLTextAreaElement
          ? HTMLTextAreaElement
          : HTMLInputElement;
      await act(async () => {
        // Past React's own setter, as a key press would.
        Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(
          box,
          text,
        );
        box.dispatchEvent(new Event("input", { bubbles: true }));
        await Promise.resolve();
      });
    },
    key: async (selector, init) => {
      await act(async () => {
        need(selector).dispatchEvent(
          new KeyboardEvent("keydown", {
            bubbles: true,
            cancelable: true,
            ...init,
          }),
        );
        await Promise.resolve();
      });
    },
    close: async () => {
      await act(async () => {
        root.unmount();
        await Promise.resolve();
      });
      page.remove();
    },
  };
}
