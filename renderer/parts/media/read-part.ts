import { CoreError } from "#core/contract/errors.ts";

/**
 * Bytes of a file, from `start` to before `end`, as many as there are.
 *
 * @throws CoreError `file-away` when nobody in reach has them, `disk-full` when
 *   there is no room for them; an Error when there is no such file
 */
export async function readPart(
  address: string,
  start: number,
  end: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (end <= start) return new Uint8Array();
  const answer = await fetch(address, {
    signal,
    headers: { range: `bytes=${String(start)}-${String(end - 1)}` },
  });
  if (answer.status === 503) throw new CoreError("file-away", {});
  if (answer.status === 507) throw new CoreError("disk-full", {});
  // An empty file has no bytes in any range.
  if (answer.status === 416) return new Uint8Array();
  if (!answer.ok) throw new Error(`answered ${String(answer.status)}`);
  const isPart = answer.status === 206;
  return await collect(answer, isPart ? 0 : start, end - start);
}

/** The first `length` bytes after `skip`; what follows is not waited for. */
async function collect(
  answer: Response,
  skip: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = answer.body?.getReader();
  const parts: Uint8Array[] = [];
  let passed = 0;
  let taken = 0;
  while (reader !== undefined && taken < length) {
    const { done, value } = await reader.read();
    if (done) break;
    const from = Math.max(0, skip - passed);
    passed += value.length;
    const part = value.subarray(from, from + length - taken);
    taken += part.length;
    parts.push(part);
  }
  await reader?.cancel();
  const bytes = new Uint8Array(taken);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
