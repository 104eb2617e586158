interface WorkerPolicy {
  createScriptURL(address: string): string;
}

interface PolicyMaker {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ): WorkerPolicy;
}

function isPolicyMaker(value: unknown): value is PolicyMaker {
  return (
    typeof value === "object" &&
    value !== null &&
    "createPolicy" in value &&
    typeof value.createPolicy === "function"
  );
}

let policy: WorkerPolicy | null = null;

/** Whether an address leads to the page's own origin, where nothing but its own files are scripts. */
function isOwn(address: string): boolean {
  return new URL(address, document.baseURI).origin === location.origin;
}

/**
 * Starts a worker from one of the page's own files. The page's policy refuses
 * every text as a script's address but those that come through here.
 */
export function startOwnWorker(address: string): Worker {
  const maker: unknown = Reflect.get(globalThis, "trustedTypes");
  if (policy === null && isPolicyMaker(maker))
    policy = maker.createPolicy("own-worker", {
      createScriptURL: (asked) => {
        if (!isOwn(asked)) throw new Error("not a worker of this page");
        return asked;
      },
    });
  const trusted = policy?.createScriptURL(address) ?? address;
  return new Worker(trusted, { type: "module" });
}
