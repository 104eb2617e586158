import * as v from "valibot";
import {
  entryRef,
  fileRootSchema,
  grantIdSchema,
  inviteIdSchema,
  logKeySchema,
  personIdSchema,
  spaceIdSchema,
  transferIdSchema,
} from "#core/contract/ids.ts";

const LETTERS = "ybndrfg8ejkmcpqxot1uwisza345h769";

/** 52 letters that follow from a name, so that every run has the same ids. */
function keyOf(name: string): string {
  let state = 2_166_136_261;
  for (const letter of name) {
    state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }
  let key = "";
  for (let place = 0; place < 51; place += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    key += LETTERS[(state >>> 13) % LETTERS.length] ?? "y";
  }
  return `${key}y`;
}

export const personId = (name: string) => v.parse(personIdSchema, keyOf(name));
export const spaceId = (name: string) => v.parse(spaceIdSchema, keyOf(name));
export const fileRoot = (name: string) => v.parse(fileRootSchema, keyOf(name));
export const inviteId = (name: string) => v.parse(inviteIdSchema, keyOf(name));
export const postRef = (author: string, block: number) =>
  entryRef(v.parse(logKeySchema, keyOf(`log of ${author}`)), block, 0);

let count = 0;
function local(kind: string): string {
  count += 1;
  return `${kind}${String(count).padStart(8, "0")}`;
}

export const nextTransferId = () => v.parse(transferIdSchema, local("t"));
export const nextGrantId = () => v.parse(grantIdSchema, local("g"));
export const nextLocal = local;
