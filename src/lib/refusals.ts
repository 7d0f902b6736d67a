import { z } from "zod";
import { sentence } from "./errors";

// Our validation messages, instead of Zod's. Each continues a sentence that starts with the field's name.
z.config({ customError: (issue) => refusalOf(issue as z.core.$ZodIssue) });

const TYPES: Partial<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};
const FORMATS: Partial<Record<string, string>> = {
  email: "must be a valid email address",
  url: "must be a URL",
  uuid: "must be a UUID",
  datetime: "must be an ISO 8601 time",
  date: "must be a date like YYYY-MM-DD",
};

/** Undefined where we have no message. Zod's own is used then. */
function refusalOf(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is required"
        : `must be ${TYPES[issue.expected] ?? `of the type ${issue.expected}`}`;
    case "too_big":
      return bounded(issue.origin, "at most", "less than", issue.inclusive !== false, Number(issue.maximum));
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "must not be empty";
      return bounded(issue.origin, "at least", "more than", issue.inclusive !== false, Number(issue.minimum));
    case "invalid_value":
      if (issue.input === undefined) return "is required";
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? "has an invalid format";
    case "invalid_union":
      return issue.input === undefined ? "is required" : "has an invalid format";
    case "invalid_key":
    case "invalid_element":
      return "has an entry that is not allowed";
  }
}

const COUNTED: Partial<Record<string, [one: string, many: string]>> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
  set: ["entry", "entries"],
  record: ["field", "fields"],
};

function bounded(origin: string, inclusive: string, exclusive: string, isInclusive: boolean, bound: number) {
  const most = `${isInclusive ? inclusive : exclusive} ${bound}`;
  const counted = COUNTED[origin];
  return counted ? `must have ${most} ${counted[bound === 1 ? 0 : 1]}` : `must be ${most}`;
}

export const NEEDED = "This field is required.";

/** The message next to each form field, by the field's dotted path. The schema must be parsed with `reportInput`. */
export const saidOfFields = (issues: readonly z.core.$ZodIssueBase[]): Record<string, string> =>
  Object.fromEntries(
    issues.map(({ path, input, message }) => [path.join("."), input == null ? NEEDED : sentence(message)]),
  );
