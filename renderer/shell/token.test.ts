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

const noExchange = () => Promise.resolve(null);

test("the token is taken out of the address and survives a reload of the tab", async () => {
  const tab = openTab("#token=abc");
  expect(await takeOpening(tab, noExchange)).toEqual({
    token: "abc",
    link: null,
  });
  expect(tab.shown).toEqual(["/"]);
  expect(await takeOpening(openTab("", tab.stored), noExchange)).toEqual({
    token: "abc",
    link: null,
  });
});

test("a link may come with the address", async () => {
  const tab = openTab("#token=abc&link=commonplace%3Ainvite%2Fx");
  expect((await takeOpening(tab, noExchange)).link).toBe(
    "commonplace:invite/x",
  );
});

test("a tab without a token has none, and its address is left alone", async () => {
  const tab = openTab("#elsewhere");
  expect((await takeOpening(tab, noExchange)).token).toBeNull();
  expect(tab.shown).toEqual([]);
});

test("a launch code is exchanged for the token, once, and is out of the address before", async () => {
  const tab = openTab("#launch=code");
  const opening = takeOpening(tab, (code) =>
    Promise.resolve(`token of ${code}`),
  );
  expect(tab.shown).toEqual(["/"]);
  expect((await opening).token).toBe("token of code");
  expect(tab.stored.get("commonplace-token")).toBe("token of code");
});

test("a launch code that does not work any more leaves what the tab has", async () => {
  const stored = new Map([["commonplace-token", "abc"]]);
  const tab = openTab("#launch=code", stored);
  expect((await takeOpening(tab, noExchange)).token).toBe("abc");
});
