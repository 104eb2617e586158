/** What tells where a person's data belongs on this computer; handed in. */
export interface Place {
  readonly platform: string;
  /** The home folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The data folder when none was named: the same one for the window and for the
 * browser host, so that a person finds everything again in either. On disk
 * under this name since 0.1.
 */
export function dataPlace({ platform, home, env }: Place): string {
  if (platform === "win32")
    return `${env["APPDATA"] ?? `${home}\\AppData\\Roaming`}\\Commonplace\\data`;
  if (platform === "darwin")
    return `${home}/Library/Application Support/Commonplace/data`;
  return `${env["XDG_DATA_HOME"] ?? `${home}/.local/share`}/commonplace`;
}
