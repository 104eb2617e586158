import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "valibot";
import { CoreError } from "#core/contract/errors.ts";
import { grantIdSchema } from "#core/contract/ids.ts";
import type { GrantId } from "#core/contract/ids.ts";
import { HANDED_BYTES } from "#core/contract/limits.ts";
import type { Grant } from "#core/contract/models.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import type { Grants as GrantsPort } from "#core/core-port.ts";

/** What a grant stands for; never leaves the core. */
export interface Granted {
  readonly path: string;
  readonly name: string;
  /** A copy made for the app, to be removed once it was used. */
  readonly isUpload: boolean;
}

/**
 * What a person picked, dropped or uploaded in this run. The page names things
 * only by these ids, so that it can reach nothing a person did not hand over.
 */
export class Grants implements GrantsPort {
  readonly #random: Random;
  readonly #incoming: string;
  readonly #granted = new Map<GrantId, Granted>();

  /** `incoming` is the absolute folder for what comes without a place of its own. */
  constructor(random: Random, incoming: string) {
    this.#random = random;
    this.#incoming = incoming;
  }

  async addBytes(bytes: Uint8Array, name: string): Promise<Grant> {
    const limitBytes = HANDED_BYTES;
    if (bytes.length > limitBytes)
      throw new CoreError("file-large", { name, limitBytes });
    const path = join(this.#incoming, randomId(this.#random, 32));
    try {
      await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
      await writeFile(path, bytes, { flag: "wx", mode: 0o600 });
    } catch (error) {
      await rm(path, { force: true });
      throw new CoreError("disk-full", {}, error);
    }
    return await this.addUpload(path, name);
  }

  add(path: string): Promise<Grant> {
    return this.#add({ path, name: basename(path), isUpload: false });
  }

  addUpload(path: string, name: string): Promise<Grant> {
    return this.#add({ path, name, isUpload: true });
  }

  /** @throws `not-found` for an id that was never given, or was used up */
  resolve(grant: GrantId): Granted {
    const granted = this.#granted.get(grant);
    if (granted === undefined)
      throw new CoreError("not-found", { what: "grant" });
    return granted;
  }

  /** Ends a grant; an uploaded copy goes with it. */
  async release(grant: GrantId): Promise<void> {
    const granted = this.#granted.get(grant);
    this.#granted.delete(grant);
    if (granted?.isUpload === true) await rm(granted.path, { force: true });
  }

  async #add(granted: Granted): Promise<Grant> {
    let size: number | null;
    try {
      const facts = await stat(granted.path);
      size = facts.isFile() ? facts.size : null;
    } catch (error) {
      throw new CoreError("not-found", { what: granted.name }, error);
    }
    const grant = parse(grantIdSchema, randomId(this.#random));
    this.#granted.set(grant, granted);
    return { grant, name: granted.name, size };
  }
}
