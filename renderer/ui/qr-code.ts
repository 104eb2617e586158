import { encode } from "uqr";

/** Modules of white around the code that a reader needs. */
const QUIET = 4;

export interface QrCode {
  /** Modules on a side, the white around it among them. */
  readonly size: number;
  readonly rows: readonly (readonly boolean[])[];
}

/**
 * A link as a QR code. A link reads the same in capitals, which take a third
 * less room; fewer modules are larger ones, which a poor camera still reads.
 */
export function qrCode(link: string): QrCode {
  const { size, data } = encode(link.toUpperCase(), {
    ecc: "L",
    border: QUIET,
  });
  return { size, rows: data };
}
