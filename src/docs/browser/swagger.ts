import type { Operation } from "./samples";

/** The part of Swagger UI's plugin system that we use. Its values are Immutable's, and `toObject` does not convert nested ones. */
export type Immutable = {
  get: (key: string) => unknown;
  toObject: () => Record<string, unknown>;
};
export type Props = Record<string, unknown>;
export type Component<P = Props> = (props: P) => unknown;
export type React = {
  createElement: (type: unknown, props: object | null, ...children: unknown[]) => unknown;
  useState: <T>(first: T) => [T, (next: T) => void];
  useRef: <T>(first: T | null) => { current: T | null };
  useEffect: (effect: () => () => void, on: unknown[]) => void;
};
export type System = {
  React: React;
  getComponent: (name: string, isContainer?: boolean) => Component;
  authActions: { showDefinitions: (definitions: unknown) => void };
  layoutActions: { show: (key: string[], isShown: boolean) => void };
};
export type Wrapper<P = Props> = (Original: Component<P>, system: System) => Component<P>;
export type Paths = Record<string, Record<string, Operation>>;
