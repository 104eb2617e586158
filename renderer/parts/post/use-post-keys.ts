import type { RefObject } from "react";
import { useCommand } from "#renderer/commands/use-command.tsx";
import { useAct } from "#renderer/core/use-act.ts";
import { focusSoon } from "#renderer/ui/focus-soon.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { entryRefSchema, type EntryRef } from "#core/contract/ids.ts";
import * as v from "valibot";

function refOf(post: HTMLElement): EntryRef | null {
  const read = v.safeParse(entryRefSchema, post.dataset["post"]);
  return read.success ? read.output : null;
}

/** The keys of a list of posts: they act on the post that holds the focus. */
export function usePostKeys(list: RefObject<HTMLElement | null>): void {
  const { go } = useRouter();
  const act = useAct();
  const all = () => [
    ...(list.current?.querySelectorAll<HTMLElement>("[data-post]") ?? []),
  ];
  const current = (event: KeyboardEvent) =>
    event.target instanceof Element
      ? event.target.closest<HTMLElement>("[data-post]")
      : null;
  const focus = (post: HTMLElement | undefined) => {
    post?.focus();
    post?.scrollIntoView({ block: "nearest" });
    return post !== undefined;
  };
  const step = (event: KeyboardEvent, by: 1 | -1) => {
    const posts = all();
    const at = posts.findIndex((post) => post === current(event));
    return focus(at === -1 ? posts[0] : posts[at + by]);
  };
  const pressIn = (event: KeyboardEvent, selector: string) => {
    const button = current(event)?.querySelector<HTMLElement>(selector);
    button?.click();
    return button !== undefined && button !== null;
  };

  useCommand("next-post", (event) => step(event, 1));
  useCommand("previous-post", (event) => step(event, -1));
  useCommand("next-unread", (event) => {
    const posts = all();
    const at = posts.findIndex((post) => post === current(event));
    return focus(
      posts.slice(at + 1).find((post) => post.dataset["unread"] !== undefined),
    );
  });
  useCommand("open-post", (event) => {
    const post = current(event);
    const ref = post === null || event.target !== post ? null : refOf(post);
    if (ref === null) return false;
    go({ screen: "post", post: ref });
    return true;
  });
  useCommand("reply", (event) => {
    const post = current(event);
    const ref = post === null ? null : refOf(post);
    if (ref === null) return false;
    go({ screen: "post", post: ref });
    focusSoon("[data-reply]");
    return true;
  });
  useCommand("react", (event) => pressIn(event, "[data-react]"));
  useCommand("post-menu", (event) => pressIn(event, "[data-post-menu]"));
  useCommand("mark-unread", (event) => {
    const post = current(event);
    const ref = post === null ? null : refOf(post);
    if (post === null || ref === null) return false;
    act("markRead", {
      posts: [ref],
      read: post.dataset["unread"] !== undefined,
    });
    return true;
  });
  useCommand("before-posts", () => {
    document.querySelector<HTMLElement>("#main h1")?.focus();
  });
}
