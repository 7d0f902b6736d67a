import { z } from "zod";
import { conversionOutcomes } from "../../../drizzle/schema/conversions";
import { inputActs, inputEventStatuses, inputKinds, inputStatuses } from "../../../drizzle/schema/inputs";
import { DEFAULT_EVENT, EventName } from "../../ledger/records/event-name";
import { Flag, Id, line, TimeOut } from "../../lib/fields";
import { Ignored } from "../../lib/ignored";

const Secret = line(200).min(6).meta({
  description: "The provider's signing secret. It is stored encrypted and never returned.",
  example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
});

const InputKindOut = z.enum(inputKinds).meta({ id: "InputKind", description: "A payment provider." });
const InputStatusOut = z
  .enum(inputStatuses)
  .meta({ id: "InputStatus", description: "The URL of a disabled input replies with 404." });

const settings = {
  secret: Secret,
  test_mode: Flag.meta({ description: "Whether the provider's test events count. If not, they appear as `ignored`." }),
};

export const NewInput = z
  .object({
    kind: z.enum(inputKinds),
    secret: Secret.nullish().meta({
      description: "Some providers show it only after you enter the input's URL. In that case, send it with PUT.",
    }),
    event_name: EventName.default(DEFAULT_EVENT).meta({
      description: "The event name of the conversions it records. It cannot change, because refunds refer to it.",
    }),
    test_mode: settings.test_mode.default(false),
  })
  .meta({ id: "NewInput", description: "A new input for a payment provider." });
export type NewInput = z.infer<typeof NewInput>;

export const InputChange = z
  .object({ ...settings, status: z.enum(inputStatuses) })
  .partial()
  .meta({ id: "InputChange", description: "The input fields to change." });
export type InputChange = z.infer<typeof InputChange>;

export const Input = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    kind: InputKindOut,
    url: z.string().meta({
      format: "uri",
      description: "The URL for the provider's events.",
      example: "https://referrals.example/api/v1/inputs/7Gx0b1mVt2uYk3Qd",
    }),
    events: z.array(z.string()).meta({ description: "The event types to turn on at the provider." }),
    has_secret: z.boolean().meta({ description: "Without a secret, the input accepts no events." }),
    event_name: z.string(),
    test_mode: z.boolean(),
    status: InputStatusOut,
    date_added: TimeOut,
  })
  .meta({ id: "Input", description: "An endpoint for a payment provider's events about a campaign." });
export type Input = z.input<typeof Input>;

export const SavedInput = Input.extend({ ignored: Ignored }).meta({
  id: "SavedInput",
  description: "The input, and the request fields that were ignored.",
});

export const Inputs = z
  .object({ inputs: z.array(Input) })
  .meta({ id: "Inputs", description: "The inputs of a campaign." });
export const DeletedInput = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "DeletedInput", description: "The deleted input." });
export const Received = z
  .object({ received: z.literal(true) })
  .meta({ id: "InputEventReceived", description: "The event is in the inbox." });

const InputEventReason = z.object({ code: z.string(), message: z.string() }).meta({
  id: "InputEventReason",
  description: "The reason why it changed nothing: one of the codes in the guide to conversions.",
});
const InputAct = z.enum(inputActs).meta({
  id: "InputAct",
  description: "The event's effect. A `link` adds another ID for a payment, which refunds may use.",
});
const InputEventConversion = z.object({ id: z.int(), outcome: z.enum(conversionOutcomes) }).meta({
  id: "InputEventConversion",
  description: "The conversion it recorded or refunded. Null if there is none yet.",
});

export const InputEvent = z
  .object({
    id: z.int(),
    event_id: z.string().meta({ description: "The provider's own ID for the event. Each counts once." }),
    type: z.string().meta({ description: "The provider's name for the type. Empty if we cannot read the event." }),
    is_test: z.boolean(),
    status: z.enum(inputEventStatuses).meta({
      id: "InputEventStatus",
      description:
        "`ignored` events change nothing; see `reason`. If the provider sends an `ignored` or `failed` event again, we retry it.",
    }),
    reason: InputEventReason.nullable(),
    act: InputAct.nullable(),
    conversion_id: z.string().nullable().meta({ description: "The provider's ID for the payment." }),
    amount: z.int().nullable().meta({
      description:
        "In the currency's minor unit. For refunds that providers report as a total, the total refunded so far.",
    }),
    currency: z.string().nullable(),
    conversion: InputEventConversion.nullable(),
    attempts: z.int(),
    next_attempt_at: TimeOut.nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "InputEvent", description: "A payment provider's event and its result." });
export type InputEvent = z.input<typeof InputEvent>;

export const InputParam = z.object({ campaignId: Id, inputId: Id });
export const InputKeyParam = z.object({
  inputKey: z.string().max(100).meta({ description: "The last part of the input's URL.", example: "7Gx0b1mVt2uYk3Qd" }),
});
