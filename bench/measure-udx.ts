import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openTestnet } from "#core/testing/testnet.ts";
import {
  closePair,
  download,
  measured,
  openPair,
  share,
  warmUp,
} from "./pair.ts";
import { rawUdx } from "./raw-udx.ts";
import { median, rate } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeBigFile } from "./test-files.ts";

const BYTES = 256 * 1024 * 1024;
/** Each run is short, and what else the machine does changes from one to the next: many say more than long ones. */
const ROUNDS = 3;

/**
 * Downloads as over the internet: met over a private DHT, carried by UDX. Each
 * has a raw stream beside it, before or after it in turn.
 */
export async function measureUdx(
  folder: string,
  runs: number,
): Promise<readonly Result[]> {
  const testnet = await openTestnet();
  const at = join(folder, "udx-people");
  const pair = await openPair(at, testnet.bootstrap);
  await warmUp(pair, at);
  const times: number[] = [];
  const raws: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < runs * ROUNDS; run++) {
    const title = `Film ${String(run)}`;
    const source = join(folder, title);
    await mkdir(source);
    await makeBigFile(join(source, "film.bin"), BYTES);
    await share(pair.sharer, source, 1, title);
    const raw = async (): Promise<void> => {
      raws.push(await rawUdx(BYTES, testnet.bootstrap));
    };
    if (run % 2 === 0) await raw();
    const round = await measured(pair, () =>
      download(pair.reader, at, 1, title),
    );
    if (run % 2 === 1) await raw();
    times.push(round.ms);
    cpu.push(round.sharerCpu + round.readerCpu);
  }
  await closePair(pair);
  await testnet.close();
  const ratios = raws.map((raw, run) => raw / (times[run] ?? 1));
  return [
    {
      what: "download one file of 256 MiB over a private DHT (UDX on loopback)",
      figure: `${rate(BYTES, median(times))}, processor of both sides ${median(cpu).toFixed(1)} s`,
      beside: `raw UDX + Noise stream ${rate(BYTES, median(raws))}; ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
    },
  ];
}
