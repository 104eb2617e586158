import type { OpenedInvite } from "#core/contract/contact-models.ts";

/** Whether a request of mine waits: for somebody to be on, or for their yes. */
export function isWaiting({ state }: OpenedInvite): boolean {
  return state.stage === "waiting" || state.stage === "asked";
}
