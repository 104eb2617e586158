// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import { fakeShell } from "#renderer/testing/fake-shell.ts";
import { fullWorld, worldStore } from "#renderer/testing/fake-world.ts";
import { draw, type Drawn } from "#renderer/testing/render.tsx";
import { CollectionProgress } from "./collection-progress.tsx";
import { FileRow } from "./file-row.tsx";
import { useItemActions } from "./use-item-actions.ts";
import { useKeeping } from "./use-keeping.tsx";
import type { CollectionPage } from "#core/contract/collection-models.ts";

let drawn: Drawn | null = null;
afterEach(async () => {
  await drawn?.close();
  drawn = null;
});

const collection = spaceId("Summer concert");

function Row(props: {
  readonly page: CollectionPage;
  readonly name: string;
  readonly isActive: boolean;
}) {
  const { keeping } = useKeeping(collection);
  const actions = useItemActions(props.page, "", () => {}, keeping);
  return (
    <table>
      <tbody>
        <FileRow
          index={0}
          item={props.page.items.find(({ name }) => name === props.name)}
          top={0}
          folder=""
          showsPeople
          isActive={props.isActive}
          isSelected={false}
          actions={actions}
          onFocus={() => {}}
          onToggle={() => {}}
        />
      </tbody>
    </table>
  );
}

function Page(props: { readonly name: string; readonly isActive: boolean }) {
  const page = useCoreState("collection", {
    collection,
    folder: "",
    search: "",
    first: 0,
    count: 80,
  });
  return page === undefined || page === null ? null : (
    <Row page={page} {...props} />
  );
}

async function row(name: string, isActive = true) {
  const store = worldStore(fullWorld());
  drawn = await draw(
    fakeShell(store),
    <Page name={name} isActive={isActive} />,
  );
  const { page } = drawn;
  return {
    it: drawn,
    store,
    state: () =>
      (page.querySelector(".table__state")?.textContent ?? "").replaceAll(
        "\u00A0",
        " ",
      ),
  };
}

test("the row of a file that comes tells how fast, from whom and how long still", async () => {
  const { it, state } = await row("Evening 1, full.mp4");
  expect(state()).toBe("42 % · 3.1 MB/s from 2 people · about 1 hour");
  expect(it.find(".table__state-words")?.title).toMatch(
    /From .*Ana Torres.* and .*Ben Okafor/u,
  );
  // It brings others too, which stop with it.
  expect(it.find("button", "Pause the download of 340 files")).not.toBeNull();
});

test("what brings a file is paused, resumed and cancelled in its row", async () => {
  const { it, state, store } = await row("Encore.flac");
  expect(state()).toBe("Paused at 41 %");
  await it.press("button", "Resume Encore.flac");
  expect(state()).toMatch(/^41 % · 2\.4 MB\/s/u);
  await it.press("button", "Pause Encore.flac");
  expect(state()).toBe("Paused at 41 %");
  await it.press("button", "Cancel Encore.flac");
  expect(state()).toMatch(/^Not downloaded/u);
  expect(
    store.get().transfers.some(({ title }) => title === "Encore.flac"),
  ).toBe(false);
});

test("a whole download tells its progress above the files, single files do not", async () => {
  const store = worldStore(fullWorld());
  drawn = await draw(
    fakeShell(store),
    <CollectionProgress collection={collection} />,
  );
  const it = drawn;
  expect(it.page.querySelectorAll(".under-way")).toHaveLength(1);
  expect(it.page.textContent).toContain("12 of 340 files");
  expect(it.page.textContent).toContain(
    "3.5 GB of 19 GB · 3.1 MB/s · about 1 hour",
  );
  await it.press("button", "Pause the download of 340 files");
  expect(it.page.textContent).toContain("Paused · 3.5 GB of 19 GB");
  await it.press("button", "Cancel the download of 340 files");
  expect(it.page.querySelectorAll(".under-way")).toHaveLength(0);
});

test("a key leads to a row before what stands in it is here", async () => {
  await row("a file of another window");
  const line = document.querySelector("tr");
  expect(line?.getAttribute("aria-busy")).toBe("true");
  line?.focus();
  expect(document.activeElement).toBe(line);
});

test("Tab stops at the buttons of the row that holds the focus, and passes over all others", async () => {
  const stops = () =>
    [...document.querySelectorAll<HTMLElement>("tr button, tr input")].filter(
      ({ tabIndex }) => tabIndex >= 0,
    ).length;
  await row("Encore.flac");
  // To select, to open, to resume, to cancel, and what else there is.
  expect(stops()).toBe(5);
  await drawn?.close();
  await row("Encore.flac", false);
  expect(stops()).toBe(0);
});
