import * as v from "valibot";
import type { PersonId } from "#core/contract/ids.ts";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { FileLink, PersonLabel } from "#core/contract/models.ts";
import type { State } from "#core/base/state.ts";
import type { SelfState } from "#core/self/self-state.ts";
import { maybe, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

const pictureSchema = v.object({
  root: fileRootSchema,
  name: v.string(),
  size: v.number(),
  mediaType: v.string(),
  alt: v.string(),
  chunkSize: v.number(),
  changedAt: v.number(),
});

/** What a person wrote of themself, as their log has it. */
export interface Profile {
  readonly name: string;
  readonly about: string;
  readonly picture: v.InferOutput<typeof pictureSchema> | null;
}

/** How people are called and what they look like, on every screen alike. */
export class People {
  readonly #me: PersonId;
  readonly #self: State<SelfState>;
  readonly #index: Database;
  readonly #told: (person: PersonId) => string | null;

  /** `told` answers with what somebody else says they are called. */
  constructor(
    me: PersonId,
    self: State<SelfState>,
    index: Database,
    told: (person: PersonId) => string | null = () => null,
  ) {
    this.#told = told;
    this.#me = me;
    this.#self = self;
    this.#index = index;
  }

  /** What a person wrote of themself; null while none of it is here. */
  profile(person: PersonId): Profile | null {
    return this.#index.get(
      "SELECT * FROM profiles WHERE person = ?",
      [person],
      (row) => ({
        name: text(row, "name"),
        about: text(row, "about"),
        picture: readPicture(maybe(row, "picture", text)),
      }),
    );
  }

  /** The name they chose, or the one an invite gave them, or one we were told, or a short form of their id. */
  ownName(person: PersonId): string {
    const chosen = this.profile(person)?.name.trim();
    if (chosen !== undefined && chosen !== "") return chosen;
    const met = this.#self.peek().contacts.get(person)?.name.trim();
    if (met !== undefined && met !== "") return met;
    return this.#told(person)?.trim() ?? person.slice(0, 8);
  }

  /** My nickname for them first, else their own name. */
  label(person: PersonId): PersonLabel {
    const nickname = this.#self.peek().contacts.get(person)?.nickname;
    return {
      person,
      name: nickname ?? this.ownName(person),
      picture: shown(this.profile(person)),
      isMe: person === this.#me,
    };
  }
}

function shown(profile: Profile | null): FileLink | null {
  if (profile?.picture === undefined || profile.picture === null) return null;
  const { root, name, size, mediaType } = profile.picture;
  return { root, name, size, mediaType };
}

function readPicture(json: string | null): Profile["picture"] {
  if (json === null) return null;
  const read = v.safeParse(pictureSchema, JSON.parse(json));
  return read.success ? read.output : null;
}
