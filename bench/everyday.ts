import type { SpaceId } from "#core/contract/ids.ts";
import type { CoreStateName, StateParams } from "#core/contract/states.ts";
import type { Person } from "./person.ts";
import { median } from "./statistics.ts";

const RUNS = 5;
/** What a screen asks for at once. */
const ROWS = 160;

interface Ask<S extends CoreStateName> {
  readonly what: string;
  readonly state: S;
  /** Another one each time, so that nothing is answered from what was asked before. */
  readonly params: (run: number) => StateParams<S>;
}

/**
 * What a person does with a large collection, each from the asking until the
 * answer is here: milliseconds in the middle of five, and the longest.
 */
export async function everyday(
  person: Person,
  collection: SpaceId,
  folder: string,
): Promise<string> {
  const page = (
    what: string,
    search: string,
    first: number,
  ): Ask<"collection"> => ({
    what,
    state: "collection",
    params: (run) => ({
      collection,
      folder: search === "" ? folder : "",
      search,
      first: first === 0 ? 0 : first + run,
      count: ROWS + run,
    }),
  });
  const done = [
    await asked(person, page("opened", "", 0)),
    await asked(person, page("in the middle", "", 50_000)),
    await asked(person, page("a name found", "file-042", 0)),
    await asked(person, page("a name all have", "file", 0)),
    await asked(person, page("a name none has", "xyz", 0)),
    await asked(person, {
      what: "who has copies",
      state: "copies",
      params: () => ({ collection, path: "" }),
    }),
    await asked(person, { what: "room", state: "room", params: () => ({}) }),
    await asked(person, {
      what: "what can go",
      state: "freeable",
      params: (run) => ({ first: run, count: ROWS }),
    }),
  ];
  return done.join("; ");
}

async function asked<S extends CoreStateName>(
  person: Person,
  { what, state, params }: Ask<S>,
): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await person.until(state, params(run), (value) => value !== undefined);
    times.push(performance.now() - start);
  }
  const longest = Math.max(...times).toFixed(0);
  return `${what} ${median(times).toFixed(0)} (${longest}) ms`;
}
