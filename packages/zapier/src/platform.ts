// The types of Zapier's core that we use, so the app can be loaded and checked without it.

export type Values = Record<string, unknown>;

export type Bundle = {
  authData: { url?: string; api_key?: string };
  inputData: Values;
  subscribeData?: { id?: number };
  cleanedRequest?: unknown;
  targetUrl?: string;
  meta?: { page?: number; zap?: { id?: string | number } };
};

type Sent = {
  url: string;
  method: string;
  headers: Record<string, string>;
  params?: Record<string, string>;
  body?: unknown;
  redirect: "manual";
  skipThrowForStatus: true;
};
type Received = { status: number; data?: unknown; headers: { get(name: string): string | null } };

export type Z = {
  request(sent: Sent): Promise<Received>;
  hash(algorithm: string, text: string): string;
  errors: {
    Error: new (message: string, code?: string, status?: number) => Error;
    HaltedError: new (message: string) => Error;
    ExpiredAuthError: new (message: string) => Error;
    ThrottledError: new (message: string, seconds?: number) => Error;
  };
};

export type Perform<T> = (z: Z, bundle: Bundle) => Promise<T>;

export type Field = {
  key: string;
  label: string;
  type?: "string" | "text" | "integer" | "number" | "boolean" | "datetime" | "password";
  required?: boolean;
  helpText?: string;
  placeholder?: string;
  dynamic?: string;
  altersDynamicFields?: boolean;
  choices?: Record<string, string>;
  list?: boolean;
  dict?: boolean;
};

/** An operation's sample and fields, so later steps can use them before it has run. */
export type OutputField = { key: string; label: string; type?: Field["type"]; list?: boolean };
