/** A line on a terminal that says how far a long work is; nothing where standard error is no terminal. */

export interface Progress {
  readonly show: (done: number, name: string) => void;
  readonly clear: () => void;
}

export const progressOf = (total: number, stream: NodeJS.WriteStream = process.stderr): Progress => {
  const shown = stream.isTTY === true && total > 1;
  const write = (text: string): void => {
    if (shown) stream.write(`\r\u001b[K${text}`);
  };
  // Control characters of a file's name would be commands to the terminal.
  const plain = (name: string): string => name.replace(/\p{Cc}/gu, "?").slice(-60);
  return {
    show: (done, name) => write(`${done + 1} of ${total}: ${plain(name)}`),
    clear: () => write(""),
  };
};
