import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { app as source } from "../../../packages/zapier/src/app.ts";
import type { Bundle, Values, Z } from "../../../packages/zapier/src/platform.ts";

/** A Zapier error, with its message for users. */
class Told extends Error {
  constructor(name: string, message: string, more: Values = {}) {
    super(JSON.stringify({ message, ...more }));
    this.name = name;
  }
}

/** A stand-in for Zapier's core, over the network. `npm run proof` uses the core itself. */
const z: Z = {
  hash: (algorithm, text) => createHash(algorithm).update(text).digest("hex"),
  async request({ url, params = {}, body, ...sent }) {
    const search = new URLSearchParams(params);
    const answer = await fetch(search.size > 0 ? `${url}?${search}` : url, {
      ...sent,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    return { status: answer.status, headers: answer.headers, ...(isJson && { data: JSON.parse(text) }) };
  },
  errors: {
    Error: class extends Told {
      constructor(message: string, code?: string, status?: number) {
        super("AppError", message, { code, status });
      }
    },
    HaltedError: class extends Told {
      constructor(message: string) {
        super("HaltedError", message);
      }
    },
    ExpiredAuthError: class extends Told {
      constructor(message: string) {
        super("ExpiredAuthError", message);
      }
    },
    ThrottledError: class extends Told {
      constructor(message: string, delay?: number) {
        super("ThrottledError", message, { delay });
      }
    },
  },
};

export type Run = (method: (z: Z, bundle: Bundle) => unknown, bundle: Partial<Bundle>) => Promise<unknown>;

const { validateAppDefinition } = createRequire(import.meta.url)("zapier-platform-schema");
/** Zapier's schema represents functions by these names. */
const named = (_: string, value: unknown) => (typeof value === "function" ? `$func$${value.length}$f$` : value);

/** The app in our own z, or, if `npm run proof` made a folder with Zapier's core, the app that was built there in the core. */
export async function zapier() {
  const folder = process.env.ZAPIER_APP;
  if (!folder) {
    const run: Run = async (method, bundle) => method(z, { authData: {}, inputData: {}, ...bundle });
    const errors = async () => validateAppDefinition(JSON.parse(JSON.stringify(source, named))).errors;
    return { app: source, run, errors };
  }
  const { createAppHandler, createAppTester } = await import(`${folder}/node_modules/zapier-platform-core/index.mjs`);
  const { default: app } = await import(`${folder}/index.js`);
  const errors = async () => (await createAppHandler(app)({ command: "validate" })).results;
  return { app: app as typeof source, run: createAppTester(app) as Run, errors };
}
