// @vitest-environment happy-dom
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { ModalDialog } from "./dialog.tsx";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

function Once() {
  const [isOpen, setOpen] = useState(true);
  return (
    <ModalDialog
      title="A window"
      open={isOpen}
      onClose={() => {
        setOpen(false);
      }}
    >
      <p>Inside</p>
    </ModalDialog>
  );
}

test("Esc closes a window also when what had the focus is gone", async () => {
  const it = await draw(fakeShell(worldStore(fullWorld())), <Once />);
  drawn = it;
  const held = document.activeElement;
  if (held instanceof HTMLElement) held.blur();
  expect(document.activeElement).toBe(document.body);
  await it.key("body", { key: "a" });
  expect(it.find("[role=dialog]")).toBe(document.activeElement);
  if (document.activeElement instanceof HTMLElement)
    document.activeElement.blur();
  await it.key("body", { key: "Escape" });
  expect(it.find("[role=dialog]")).toBeNull();
});
