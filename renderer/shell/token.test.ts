import { expect, test } from "vitest";
import { takeOpening } from "./token.ts";

function openTab(hash: string, stored = new Map<string, string>()) {
  const shown: string[] = [];
  return {
    stored,
    shown,
    location: { hash, pathname: "/" },
    history: {
      replaceState: (_data: unknown, _title: string, url?: unknown) => {
        shown.push(String(url));
      },
    },
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => {
        stored.set(key, value);
      },
    },
  };
}

test("the token is taken out of the address and survives a reload of the tab", () => {
  const tab = openTab("#token=abc");
  expect(takeOpening(tab)).toEqual({ token: "abc", link: null });
  expect(tab.shown).toEqual(["/"]);
  expect(takeOpening(openTab("", tab.stored))).toEqual({
    token: "abc",
    link: null,
  });
});

test("a link may come with the address", () => {
  const tab = openTab("#token=abc&link=commonplace%3Ainvite%2Fx");
  expect(takeOpening(tab).link).toBe("commonplace:invite/x");
});

test("a tab without a token has none, and its address is left alone", () => {
  const tab = openTab("#elsewhere");
  expect(takeOpening(tab).token).toBeNull();
  expect(tab.shown).toEqual([]);
});
