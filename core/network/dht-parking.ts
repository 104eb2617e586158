import HyperDHT from "hyperdht";
import { createState } from "#core/base/state.ts";
import { PARKED_BYTES, type Parking } from "./port.ts";

/** What parking needs of a DHT. */
export type RecordKeeper = Pick<HyperDHT, "mutableGet" | "mutablePut">;

/** Parking in the DHT of the moment. */
export interface DhtParking extends Parking {
  /** Works with this DHT from now on; with none it takes and gives nothing. */
  use(dht: RecordKeeper | null): void;
}

/** A record that a stranger could write with the largest number would end all writing. */
const SEQ_MOST = 1_000_000_000;

/**
 * Notes as mutable records of the DHT: the place is the seed of the key that a
 * record is signed with and found by, so that only who knows the place can write
 * there, and nodes see a key that says nothing.
 */
export function createDhtParking(): DhtParking {
  const ready = createState(false);
  let dht: RecordKeeper | null = null;

  async function read(publicKey: Buffer) {
    try {
      return (await dht?.mutableGet(publicKey)) ?? null;
    } catch {
      // The network went, or nobody answers.
      return null;
    }
  }

  return {
    ready,
    use(next) {
      dht = next;
      ready.set(next !== null);
    },
    async put(place, note, isOver) {
      if (note.length > PARKED_BYTES) throw new RangeError("a note too large");
      const keyPair = HyperDHT.keyPair(place);
      const found = await read(keyPair.publicKey);
      const isSame = found !== null && Buffer.from(found.value).equals(note);
      if (found !== null && !isSame && !isOver) return false;
      const seq = found === null ? 0 : isSame ? found.seq : found.seq + 1;
      if (dht === null || seq > SEQ_MOST) return false;
      try {
        await dht.mutablePut(keyPair, note, { seq });
        return true;
      } catch {
        return false;
      }
    },
    async take(place) {
      const found = await read(HyperDHT.keyPair(place).publicKey);
      return found === null || found.value.length > PARKED_BYTES
        ? null
        : Buffer.from(found.value);
    },
  };
}
