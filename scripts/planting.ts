/** What a planted bug is, and two short ways to write one down. */

/** `find` stands exactly once in `file`. `tests` are what must notice. `survives` is the reason why no test can. */
export type Planted = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
  readonly survives?: string;
};

/** The check gone: `if (…) throw …` becomes nothing. */
export const without = (name: string, file: string, find: string, tests: readonly string[]): Planted => ({
  name,
  file,
  find,
  replace: "",
  tests,
});
export const changed = (
  name: string,
  file: string,
  [find, replace]: readonly [string, string],
  tests: readonly string[],
): Planted => ({ name, file, find, replace, tests });
