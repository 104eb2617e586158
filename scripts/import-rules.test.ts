import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RULES } from "./import-rules.mjs";
import { plantProject } from "./planted-project.ts";
import type { PlantedProject } from "./planted-project.ts";

/** Files that break nothing, for the plants to lean on. */
const SOUND: Readonly<Record<string, string>> = {
  "core/contract/models.ts": "export interface Post { readonly text: string }",
  "core/rpc/client.ts": 'export type { Post } from "#core/contract/models.ts";',
  "core/rpc/server.ts": "export const server = 1;",
  "core/base/clock.ts": "export const clock = 1;",
  "core/storage/log.ts": 'import "hypercore";\nexport const log = 1;',
  "core/network/port.ts": "export interface Line { readonly open: boolean }",
  "core/network/swarm.ts": "export const swarm = 1;",
  "core/spaces/spaces.ts": 'export { log } from "#core/storage/log.ts";',
  "core/feeds/feeds.ts": 'export { log } from "#core/storage/log.ts";',
  "core/feeds/fold.ts": "export const fold = 1;",
  "core/contacts/contacts.ts": 'export { log } from "#core/feeds/feeds.ts";',
  "core/testing/until.ts": "export const until = 1;",
  "core/feeds/feeds.test.ts": 'import "#core/testing/until.ts";\nexport {};',
  "electron/main.ts": 'import "electron";\nimport "#core/rpc/server.ts";',
  "renderer/ui/button.ts": "export const button = 1;",
  "renderer/features/feed/feed.ts":
    'export { button } from "#renderer/ui/button.ts";',
  "renderer/features/people/people.ts":
    'export type { Post } from "#core/rpc/client.ts";',
};

/** Rule → a file that breaks it, at a path where the rule holds. */
const BROKEN: Readonly<Record<string, readonly [string, string]>> = {
  "contract-imports": [
    "core/contract/bad.ts",
    'import type {} from "#core/base/clock.ts";',
  ],
  "rpc-imports": ["core/rpc/bad.ts", 'import "#core/storage/log.ts";'],
  "base-imports": [
    "core/base/bad.ts",
    'import type { Post } from "#core/contract/models.ts";\nexport type X = Post;',
  ],
  "network-imports": [
    "core/network/bad.ts",
    'import "#core/spaces/spaces.ts";',
  ],
  "storage-imports": ["core/storage/bad.ts", 'import "#core/feeds/feeds.ts";'],
  "spaces-imports": ["core/spaces/bad.ts", 'import "#core/network/swarm.ts";'],
  "host-imports": ["core/host/bad.ts", 'import "#core/feeds/feeds.ts";'],
  "process-imports": ["core/process/bad.ts", 'import "#core/feeds/feeds.ts";'],
  "feature-imports": ["core/feeds/bad.ts", 'import "#core/network/swarm.ts";'],
  "feature-by-main-file": [
    "core/contacts/bad.ts",
    'import type {} from "#core/feeds/fold.ts";',
  ],
  "ground-stands-below": [
    "core/files/bad.ts",
    'import "#core/feeds/feeds.ts";',
  ],
  "core-stands-alone": [
    "core/feeds/bad-shell.ts",
    'import "#renderer/ui/button.ts";',
  ],
  "testing-is-for-tests": [
    "core/feeds/bad-testing.ts",
    'import "#core/testing/until.ts";',
  ],
  "nothing-imports-tests": [
    "core/feeds/bad-test.ts",
    'import "./feeds.test.ts";',
  ],
  "cli-imports": ["cli/bad.ts", 'import "#core/feeds/feeds.ts";'],
  "electron-imports": ["electron/bad.ts", 'import "#core/feeds/feeds.ts";'],
  "renderer-imports": ["renderer/ui/bad.ts", 'import "#core/rpc/server.ts";'],
  "renderer-features-apart": [
    "renderer/features/feed/bad.ts",
    'import "#renderer/features/people/people.ts";',
  ],
  "renderer-ui-knows-no-feature": [
    "renderer/ui/bad-feature.ts",
    'import "#renderer/features/feed/feed.ts";',
  ],
  "hyper-packages-below": [
    "core/feeds/bad-hyper.ts",
    'import type Hypercore from "hypercore";\nexport type X = Hypercore;',
  ],
  "electron-package-in-shell": [
    "core/feeds/bad-electron.ts",
    'import type { App } from "electron";\nexport type X = App;',
  ],
  "react-in-renderer": ["core/feeds/bad-react.ts", 'import "react";'],
  "sqlite-in-storage": ["core/feeds/bad-sql.ts", 'import "libsql";'],
  "no-node-in-pure-layers": ["renderer/ui/bad-node.ts", 'import "node:fs";'],
  "shipped-code-needs-dependencies": [
    "core/feeds/bad-dev.ts",
    'import "fast-check";',
  ],
  "no-circles": ["core/base/bad-cycle.ts", 'import "./other-end.ts";'],
  "packages-are-named": [
    "scripts/bad-package.ts",
    'import "some-package-nobody-named";',
  ],
  "no-parent-of-parent": [
    "core/feeds/deep/bad-climb.ts",
    'import "../../base/clock.ts";',
  ],
  "all-found": ["core/base/bad-lost.ts", 'import "./nowhere.ts";'],
};
const CYCLE = {
  "core/base/other-end.ts": 'import type {} from "./bad-cycle.ts";\nexport {};',
};

describe("import rules", () => {
  test("let a sound project pass", () => {
    const project = plantProject(SOUND);
    const said = project.runScript("check-imports.mjs");
    project.remove();
    expect(said.trim()).toMatch(
      /^\d\d imports of \d\d files read; 0 problems$/,
    );
  });

  test("each have a planted violation", () => {
    const rules = [...RULES.map((rule) => rule.name), "no-circles"];
    expect(Object.keys(BROKEN).toSorted()).toEqual(rules.toSorted());
  });

  describe("catch a planted violation", () => {
    let project: PlantedProject;
    let said: readonly string[];
    beforeAll(() => {
      project = plantProject({
        ...SOUND,
        ...Object.fromEntries(Object.values(BROKEN)),
        ...CYCLE,
      });
      said = project.runScript("check-imports.mjs").split("\n");
    });
    afterAll(() => {
      project.remove();
    });

    test.each(Object.entries(BROKEN))("of %s", (rule, [path]) => {
      expect(
        said.filter((line) => line.startsWith(`${rule}: ${path} →`)),
      ).toHaveLength(1);
    });
  });
});

describe("an import is seen in every form", () => {
  test.each([
    ["import", 'import "#core/feeds/fold.ts";'],
    ["import of a type", 'import type {} from "#core/feeds/fold.ts";'],
    ["export from", 'export { fold } from "#core/feeds/fold.ts";'],
    ["export all", 'export * from "#core/feeds/fold.ts";'],
    ["import when it runs", 'await import("#core/feeds/fold.ts");\nexport {};'],
    ["type of an import", 'export type X = import("#core/feeds/fold.ts").X;'],
    ["require", 'require("#core/feeds/fold.ts");'],
  ])("%s", (_, code) => {
    const project = plantProject({ ...SOUND, "core/contacts/bad.ts": code });
    const said = project.runScript("check-imports.mjs");
    project.remove();
    expect(said).toContain(
      "feature-by-main-file: core/contacts/bad.ts → core/feeds/fold.ts",
    );
  });
});

/** Layer → a file that names what its world does not have. */
const FOREIGN: readonly (readonly [string, string, string, string])[] = [
  ["core", "core/base/bad.ts", "document.title;", "document"],
  ["core/contract", "core/contract/bad.ts", "process.pid;", "process"],
  ["core/contract", "core/contract/bad.ts", "document.title;", "document"],
  ["core/contract", "core/contract/bad.ts", "setTimeout;", "setTimeout"],
  ["core/rpc", "core/rpc/bad.ts", "Buffer.alloc(1);", "Buffer"],
  ["core/rpc", "core/rpc/bad.ts", "window.close();", "window"],
  ["renderer", "renderer/ui/bad.ts", "process.pid;", "process"],
  ["renderer", "renderer/ui/bad.ts", "Buffer.alloc(1);", "Buffer"],
];

describe("a layer's own types", () => {
  test.each(FOREIGN)("of %s: %s may not say %s", (layer, path, code, name) => {
    const project = plantProject({
      "core/base/fine.ts": "export const fine: number = 1;",
      "core/contract/fine.ts": "export const fine: number = 1;",
      "core/rpc/fine.ts": "export const fine: number = 1;",
      "renderer/ui/fine.ts": "export const title: string = document.title;",
      [path]: `${code}\nexport {};`,
    });
    const said = project.run("tsc", ["-p", layer, "--pretty", "false"]);
    project.remove();
    expect(said.trim().split("\n")).toEqual([
      expect.stringContaining(`Cannot find name '${name}'`),
    ]);
  });

  test.each(["core", "core/contract", "core/rpc", "renderer"])(
    "let sound files of %s pass",
    (layer) => {
      const project = plantProject({
        "core/base/fine.ts": "export const pid: number = process.pid;",
        "core/contract/fine.ts": "export const fine: number = 1;",
        "core/rpc/fine.ts": "export const fine: number = 1;",
        "renderer/ui/fine.ts": "export const title: string = document.title;",
      });
      const said = project.run("tsc", ["-p", layer, "--pretty", "false"]);
      project.remove();
      expect(said.trim()).toBe("");
    },
  );
});
