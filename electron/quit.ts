/** What is needed of the app to end it. */
export interface QuitApp {
  on(
    event: "before-quit",
    listener: (event: { preventDefault(): void }) => void,
  ): unknown;
  exit(code: number): void;
}

/** Closes what must be closed before the app ends, once, however often it is asked to. */
export function closeBeforeQuit(
  app: QuitApp,
  close: () => Promise<void>,
): void {
  let closing: Promise<void> | null = null;
  app.on("before-quit", (event) => {
    event.preventDefault();
    const end = () => {
      app.exit(0);
    };
    closing ??= close().then(end, end);
  });
}
