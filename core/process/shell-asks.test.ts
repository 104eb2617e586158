import { expect, test } from "vitest";
import type { FromCore } from "#core/rpc/shell-wire.ts";
import { createShellAsks } from "./shell-asks.ts";

function openAsks() {
  const sent: FromCore[] = [];
  const asks = createShellAsks((message) => sent.push(message));
  return { sent, asks };
}

test("answers find their questions, in any order", async () => {
  const { sent, asks } = openAsks();
  const bytes = Uint8Array.of(1);
  const sealed = asks.keyring.seal(bytes);
  const unsealed = asks.keyring.unseal(bytes);
  const picked = asks.desktop.pick("folder");
  expect(sent).toEqual([
    { kind: "ask", id: 1, ask: { what: "seal", bytes } },
    { kind: "ask", id: 2, ask: { what: "unseal", bytes } },
    { kind: "ask", id: 3, ask: { what: "pick", of: "folder" } },
  ]);
  asks.told(3, ["/a"]);
  asks.told(2, Uint8Array.of(2));
  asks.told(1, Uint8Array.of(3));
  expect(await sealed).toEqual(Uint8Array.of(3));
  expect(await unsealed).toEqual(Uint8Array.of(2));
  expect(await picked).toEqual(["/a"]);
});

test("a refusal and an answer of the wrong kind reject", async () => {
  const { asks } = openAsks();
  const refused = asks.keyring.unseal(Uint8Array.of(1));
  asks.refused(1, "the keyring is locked");
  await expect(refused).rejects.toThrow("locked");
  const wrong = asks.keyring.seal(Uint8Array.of(1));
  asks.told(2, ["/a"]);
  await expect(wrong).rejects.toThrow("bytes");
});

test("answers to nothing change nothing", async () => {
  const { asks } = openAsks();
  asks.told(7, null);
  const shown = asks.desktop.show("/a");
  asks.told(1, null);
  asks.told(1, null);
  expect(await shown).toBeUndefined();
});
