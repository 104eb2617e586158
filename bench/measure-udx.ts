import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openTestnet } from "#core/testing/testnet.ts";
import { closePair, download, measured, openPair, share } from "./pair.ts";
import { rawUdx } from "./raw-udx.ts";
import { median, rate } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeBigFile } from "./test-files.ts";

const BYTES = 256 * 1024 * 1024;

/** A download as over the internet: met over a private DHT, carried by UDX. */
export async function measureUdx(
  folder: string,
  runs: number,
): Promise<readonly Result[]> {
  const source = join(folder, "udx");
  await mkdir(source);
  await makeBigFile(join(source, "film.bin"), BYTES);
  const testnet = await openTestnet();
  const times: number[] = [];
  const raws: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < runs; run++) {
    const at = join(folder, `udx-${String(run)}`);
    const pair = await openPair(at, testnet.bootstrap);
    await share(pair.sharer, source, 1);
    raws.push(await rawUdx(BYTES, testnet.bootstrap));
    const round = await measured(pair, () => download(pair.reader, at, 1));
    times.push(round.ms);
    cpu.push(round.sharerCpu + round.readerCpu);
    await closePair(pair);
  }
  await testnet.close();
  const ratios = raws.map((raw, run) => raw / (times[run] ?? 1));
  return [
    {
      what: "download one file of 256 MiB over a private DHT (UDX on loopback)",
      figure: `${rate(BYTES, median(times))}, processor of both sides ${median(cpu).toFixed(1)} s`,
      beside: `raw UDX + Noise stream ${rate(BYTES, median(raws))}; ratio ${median(ratios).toFixed(2)}`,
    },
  ];
}
