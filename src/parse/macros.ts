/** A user's command: as many arguments as `parameters`, its body with #1 … #9. */
export interface Macro {
  readonly parameters: number;
  /** The default of an optional first argument, if the definition gives one. */
  readonly optional?: string;
  readonly body: string;
}

/** By command, with its backslash. */
export type Macros = ReadonlyMap<string, Macro>;
