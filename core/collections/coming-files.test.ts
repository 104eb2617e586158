import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { ComingFiles } from "./coming-files.ts";

const MIB = 1024 * 1024;

const ana = testPerson("ana");

function progress(
  verifiedBytes: number,
  some: { readonly isWaiting?: boolean; readonly strangers?: number } = {},
) {
  const { isWaiting = false } = some;
  const strangers = Array.from({ length: some.strangers ?? 0 }, () => ({
    person: null,
  }));
  return {
    verifiedBytes,
    done: 0,
    isWaiting,
    sources: isWaiting ? [] : [{ person: ana }, { person: ana }, ...strangers],
  };
}

test("a file that comes tells how far, how fast, from whom and how long still", () => {
  const clock = createManualClock(1_000);
  const files = new ComingFiles(clock);
  expect(files.of("big.bin")).toBeNull();
  for (let second = 0; second <= 10; second++) {
    files.progress("big.bin", 100 * MIB, progress(second * MIB));
    files.of("big.bin");
    clock.advance(1_000);
  }
  expect(files.of("big.bin")).toMatchObject({
    done: 10 * MIB,
    from: [ana],
    fromUnnamed: false,
    isWaiting: false,
  });
  const { speed = 0, secondsLeft } = files.of("big.bin") ?? {};
  expect(speed / MIB).toBeGreaterThan(0.7);
  expect(speed / MIB).toBeLessThan(1.1);
  expect(secondsLeft).toBeGreaterThan(80);
  expect(secondsLeft).toBeLessThan(130);
});

test("what an earlier try brought is counted, but did not move", () => {
  const files = new ComingFiles(createManualClock(1_000));
  const waiting = progress(40 * MIB, { isWaiting: true });
  expect(files.progress("big.bin", 100 * MIB, waiting)).toBe(0);
  expect(files.progress("big.bin", 100 * MIB, progress(42 * MIB))).toBe(
    2 * MIB,
  );
  expect(files.bytes).toBe(42 * MIB);
});

test("while it waits no time is told; that some have no name is", () => {
  const clock = createManualClock(1_000);
  const files = new ComingFiles(clock);
  files.progress("a.bin", 10 * MIB, progress(0, { strangers: 2 }));
  expect(files.of("a.bin")).toMatchObject({ from: [ana], fromUnnamed: true });
  clock.advance(6_000);
  files.progress("a.bin", 10 * MIB, progress(6 * MIB, { isWaiting: true }));
  expect(files.of("a.bin")).toMatchObject({
    isWaiting: true,
    secondsLeft: null,
    from: [],
  });
  files.end("a.bin");
  expect(files.of("a.bin")).toBeNull();
  expect(files.bytes).toBe(0);
});
