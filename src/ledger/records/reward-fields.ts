import { type Field, kindFacts, kindNames, type RewardKind, rewardKinds } from "./reward-kinds";

type Kinds = (typeof rewardKinds)[RewardKind];
type Joined<Part> = (Part extends unknown ? (part: Part) => void : never) extends (joined: infer J) => void ? J : never;
type Values = Joined<Kinds["value"]>;
type Settings = Values & Joined<Kinds["settings"]>;
type Shape<Fields, Side extends keyof Field> = {
  [F in keyof Fields]: Fields[F] extends Field ? Fields[F][Side] : never;
};

const shape = (side: keyof Field, parts: ("value" | "settings")[]) =>
  Object.fromEntries(
    kindNames
      .flatMap((kind) => parts.flatMap((part) => Object.entries<Field>(rewardKinds[kind][part])))
      .map(([name, field]) => [name, field[side]]),
  );

/** The fields of all kinds, as shapes for the API's objects. */
export const valuesShown = shape("shows", ["value"]) as Shape<Values, "shows">;
export const settingsShown = shape("shows", ["value", "settings"]) as Shape<Settings, "shows">;
export const settingsTaken = shape("takes", ["value", "settings"]) as Shape<Settings, "takes">;

export const valueFields = Object.keys(valuesShown) as (keyof Values)[];

type AmountField = Extract<Kinds, { amount: unknown }>["amount"][number];

/** The fields of a kind's amount. */
export const amountFieldsOf = (kind: RewardKind) => (kindFacts(kind).amount ?? []) as AmountField[];
export const amountFields = [...new Set(kindNames.flatMap(amountFieldsOf))];

/** The fields of all kinds' amounts, like `valuesShown`. */
export const amountsShown = Object.fromEntries(amountFields.map((name) => [name, valuesShown[name]])) as Pick<
  typeof valuesShown,
  AmountField
>;
