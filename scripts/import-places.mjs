// The places of the code that import rules speak of, as patterns of paths.

export const FEATURES =
  /^core\/(self|people|drill|doctor|grants|settings|identity|contacts|feeds|conversations|availability|listing|folders|transfers|versions|taking-part|upkeep|collections|naming|files|exchange|fetching|looks|mending|watching|rules|search|keeper|backup|keeping|keepers)\//;
export const OURS = /^(core|cli|electron|renderer|e2e|bench|scripts)\//;
/** Tests, their tools, and suites that several tests run. */
export const TEST =
  /[.]test[.]tsx?$|^core\/testing\/|^renderer\/testing\/|\/acceptance[.]ts$/;
export const CONTRACT = /^core\/contract\//;
export const BASE = /^core\/base\//;
export const STORAGE = /^core\/storage\//;
export const SPACES = /^core\/spaces\//;
export const RPC = /^core\/rpc\//;
export const PORT = /^core\/network\/port[.]ts$/;
/** The second connection beside a line; files move their bytes over it in threads of their own. */
export const BULK_LINK = /^core\/network\/bulk-[a-z]+[.]ts$/;
export const CORE_PORT = /^core\/core-port[.]ts$/;
/**
 * Features that others stand on, lowest first: who I am, files, what I keep for
 * myself, how people are called, what collections list and where they lie. Every
 * file of theirs may be used from above, none of a feature that comes later.
 */
export const GROUND = [
  "core/identity",
  "core/grants",
  "core/naming",
  "core/files",
  "core/exchange",
  "core/fetching",
  "core/watching",
  "core/self",
  "core/people",
  "core/settings",
  "core/keeping",
  "core/availability",
  "core/listing",
  "core/folders",
  "core/transfers",
  "core/versions",
  "core/taking-part",
  "core/upkeep",
];
/** What any other feature shows: its main file, its entries and its model. */
export const MAIN_FILE = /^core\/([a-z]+)\/(\1|model|[a-z]+-entries)[.]ts$/;
/** A link is text that several features write. */
export const LINK = /^core\/contacts\/link[.]ts$/;
export const HYPER =
  /^package:(hypercore[^/]*|corestore|hyperswarm|hyperdht|@hyperswarm\/.*)$/;
