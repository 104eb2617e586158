import { expect, test } from "vitest";
import { readGrant } from "./read-grant.ts";

test("a grant is read, its size where it is known", () => {
  const grant = "grant0001";
  expect(readGrant({ grant, name: "a", size: 5 })).toEqual({
    grant,
    name: "a",
    size: 5,
  });
  expect(readGrant({ grant, name: "a" })).toMatchObject({ size: null });
});

test("a failure that came instead is thrown", () => {
  const details = { name: "a", limitBytes: 1 };
  expect(() => readGrant({ code: "file-large", details })).toThrow(
    expect.objectContaining({ code: "file-large", details }),
  );
});

test.each([null, 1, "", {}, { grant: "../x", name: "a" }, { code: "nope" }])(
  "%j is a bug",
  (answer) => {
    expect(() => readGrant(answer)).toThrow(
      expect.objectContaining({ code: "internal" }),
    );
  },
);
