import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isDiskFull } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { Grant } from "#core/contract/models.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import type { Grants } from "#core/core-port.ts";
import { cleanName } from "./inline-types.ts";

export interface UploadOptions {
  /** The data folder; uploads land in its `incoming/`. */
  readonly dataFolder: string;
  readonly grants: Pick<Grants, "addUpload">;
  readonly random: Random;
  /** The most bytes of one upload. */
  readonly limitBytes: number;
}

/**
 * Streams a request's body into a file of its own and grants it. Nothing is
 * left behind when it fails.
 * @throws `file-large` beyond the limit, `disk-full` when the disk is
 */
export async function receiveUpload(
  request: IncomingMessage,
  name: string,
  options: UploadOptions,
): Promise<Grant> {
  const { limitBytes } = options;
  const shown = cleanName(name) || "file";
  const tooLarge = () =>
    new CoreError("file-large", { name: shown, limitBytes });
  if (Number(request.headers["content-length"] ?? 0) > limitBytes)
    throw tooLarge();
  const folder = join(options.dataFolder, "incoming");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomId(options.random, 32));
  let bytes = 0;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes > limitBytes) done(tooLarge());
      else done(null, piece);
    },
  });
  try {
    await pipeline(
      request,
      counted,
      createWriteStream(path, { flags: "wx", mode: 0o600 }),
    );
    return await options.grants.addUpload(path, shown);
  } catch (error) {
    await rm(path, { force: true });
    if (isDiskFull(error)) throw new CoreError("disk-full", {}, error);
    throw error;
  }
}
