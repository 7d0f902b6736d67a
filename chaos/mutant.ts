/**
 * The check that should catch a mutant: a test by its file and (part of) its name, or the chaos run with its arguments.
 */
export type Check = { file: string; test: string } | { chaos: string[] };

/** A deliberate bug: one place in a file is replaced. */
export type Mutant = { name: string; breaks: string; file: string; from: string; to: string; check: Check };

export const test = (file: string, name: string): Check => ({ file: `test/${file}.test.ts`, test: name });
export const chaos = (...args: string[]): Check => ({ chaos: args });
