// Only what we call.
declare module "@hyperswarm/testnet" {
  interface Testnet {
    readonly bootstrap: readonly {
      readonly host: string;
      readonly port: number;
    }[];
    destroy(): Promise<void>;
  }
  function createTestnet(
    size: number,
    opts: { host: string; port?: number },
  ): Promise<Testnet>;
  export = createTestnet;
}
