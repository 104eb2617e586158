const PROGRAMS: ReadonlySet<string> = new Set(
  "app appimage apk bat bin chm cmd com command cpl deb desktop dll dmg exe gadget hta inf ins iso jar js jse lnk msc msi msix pkg ps1 py rb reg rpm run scr sh svg url vb vbe vbs workflow wsf wsh html htm xhtml".split(
    " ",
  ),
);

/** Whether opening a file may run what its maker wrote. By its last ending, as systems do. */
export function isProgram(name: string): boolean {
  const ending = /\.([^.\s]+)[.\s]*$/u.exec(name)?.[1];
  return ending !== undefined && PROGRAMS.has(ending.toLowerCase());
}
