/** Where a stream's text goes, and what is known about who reads it. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** The width of the terminal; undefined when it is none. */
  readonly columns: number | undefined;
}

/** All that the program knows of the world, so that it is a function of its streams and the files below `cwd`. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads standard input to its end. */
  readonly stdin: () => Uint8Array;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds from some fixed moment. */
  readonly now: () => number;
}
