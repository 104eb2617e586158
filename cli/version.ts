import about from "../package.json" with { type: "json" };

/** Which version this is, as `package.json` has it. */
export const VERSION: string = about.version;
