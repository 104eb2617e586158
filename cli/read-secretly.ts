import type { ReadStream, WriteStream } from "node:tty";

/** Reads a line without showing it. Ctrl+C ends the program as everywhere. */
export function readSecretly(
  input: ReadStream,
  output: Pick<WriteStream, "write">,
  question: string,
): Promise<string> {
  output.write(question);
  input.setRawMode(true);
  input.resume();
  input.setEncoding("utf8");
  let text = "";
  return new Promise((resolve) => {
    input.on("data", take);
    function end(): void {
      input.off("data", take);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
    }
    function take(typed: string): void {
      for (const letter of typed) {
        if (letter === "\r" || letter === "\n") {
          end();
          resolve(text);
          return;
        }
        if (letter === "\u0003") {
          end();
          process.kill(process.pid, "SIGINT");
          return;
        }
        if (letter === "\u007f" || letter === "\b") text = text.slice(0, -1);
        else text += letter;
      }
    }
  });
}
