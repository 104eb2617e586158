/** What a page did while it was scrolled. */
export interface Frames {
  /** Frames a second, on the page's own thread. */
  readonly rate: number;
  readonly longestMs: number;
  /** Frames in which rows in view stood empty, as a part of all. */
  readonly blank: number;
}

/**
 * Runs in the page: scrolls what `selector` finds down by so many pixels a
 * frame, and counts frames. As text, because it belongs to another world.
 */
export function scrollScript(
  selector: string,
  stepPx: number,
  ms: number,
): string {
  return `(async () => {
    const box = document.querySelector(${JSON.stringify(selector)});
    box.scrollTop = 2000;
    const frame = () => new Promise(requestAnimationFrame);
    for (let n = 0; n < 30; n++) await frame();
    const from = await frame();
    let last = from, frames = 0, longestMs = 0, blank = 0;
    while (last - from < ${String(ms)}) {
      box.scrollTop += ${String(stepPx)};
      const now = await frame();
      longestMs = Math.max(longestMs, now - last);
      last = now;
      frames++;
      if (box.querySelector("[aria-busy]:not([data-index='0'])") !== null) blank++;
    }
    return { rate: frames / ((last - from) / 1000), longestMs, blank: blank / frames };
  })()`;
}

/** A page with a list of plain rows, as many as are drawn elsewhere only while they are in view. */
export const PLAIN_PAGE = `<!doctype html><meta charset="utf-8">
<style>body{margin:0}#list{height:100vh;overflow:auto}div>div{height:55px;border-bottom:1px solid #ddd}</style>
<div id="list"></div>
<script>
const list = document.querySelector("#list");
for (let n = 0; n < 5000; n++) {
  const row = document.createElement("div");
  row.textContent = "Picture " + n;
  list.append(row);
}
</script>`;
