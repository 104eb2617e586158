import { expect, test } from "vitest";
import { dependencyProblems } from "./dependency-reasons.mjs";

const TABLE = [
  "| Package | Why |",
  "| ------- | --- |",
  "| `ws` | WebSocket server of the browser host |",
  "| `gone` | Used by something that was removed |",
].join("\n");

test("a dependency without a reason, without a pin, and a reason without a dependency are named", () => {
  expect(
    dependencyProblems(
      { dependencies: { ws: "8.23.0" }, devDependencies: { vite: "^8.0.0" } },
      TABLE,
    ),
  ).toEqual([
    "vite is not pinned exactly: ^8.0.0",
    "vite has no reason in docs/dependencies.md",
    "docs/dependencies.md names gone, which is not used",
  ]);
});

test("a table that agrees has no problems", () => {
  expect(
    dependencyProblems(
      { dependencies: { ws: "8.23.0", gone: "1.0.0" } },
      TABLE,
    ),
  ).toEqual([]);
});
