/** What is expected to catch a mutant: a test by its file and (part of) its name, or the chaos run, given as its arguments. */
export type Check = { file: string; test: string } | { chaos: string[] };

/** A bug on purpose: one place of a file that reads otherwise. */
export type Mutant = { name: string; breaks: string; file: string; from: string; to: string; check: Check };

export const test = (file: string, name: string): Check => ({ file: `test/${file}.test.ts`, test: name });
export const chaos = (...args: string[]): Check => ({ chaos: args });
