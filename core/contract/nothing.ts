/** An object without anything in it: what many methods take or answer with. */
export type Nothing = Record<string, never>;
