/** The channels between the preload and the main process; the page itself reaches none of them. */
export const CHANNELS = {
  line: "commonplace:line",
  grant: "commonplace:grant",
  keep: "commonplace:keep",
  outside: "commonplace:outside",
  /** The page is ready for links. */
  links: "commonplace:links",
  link: "commonplace:link",
} as const;
