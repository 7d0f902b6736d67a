import { z } from "zod";
import { conversionOutcomes } from "../../../drizzle/schema/conversions";
import { inputActs, inputEventStatuses, inputKinds, inputStatuses } from "../../../drizzle/schema/inputs";
import { DEFAULT_EVENT, EventName } from "../../ledger/event-name";
import { Flag, Id, line, TimeOut } from "../../lib/fields";
import { Ignored } from "../../lib/ignored";

const Secret = line(200).min(6).meta({
  description: "The provider's signing secret. It is stored encrypted, and no response shows it.",
  example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
});

const InputKindOut = z.enum(inputKinds).meta({ id: "InputKind", description: "A payment provider." });
const InputStatusOut = z
  .enum(inputStatuses)
  .meta({ id: "InputStatus", description: "The URL of a disabled input replies with 404." });

const settings = {
  secret: Secret,
  test_mode: Flag.meta({ description: "Whether the provider's test events count, too. Others see them as `ignored`." }),
};

export const NewInput = z
  .object({
    kind: z.enum(inputKinds),
    secret: Secret.nullish().meta({
      description: "Some providers show it only once they know the input's URL. Send it with PUT then.",
    }),
    event_name: EventName.default(DEFAULT_EVENT).meta({
      description:
        "The event name of the conversions that it records. It stays, because refunds look for them under it.",
    }),
    test_mode: settings.test_mode.default(false),
  })
  .meta({ id: "NewInput", description: "A new input for a payment provider." });
export type NewInput = z.infer<typeof NewInput>;

export const InputChange = z
  .object({ ...settings, status: z.enum(inputStatuses) })
  .partial()
  .meta({ id: "InputChange", description: "The fields of an input to change." });
export type InputChange = z.infer<typeof InputChange>;

export const Input = z
  .object({
    id: z.int(),
    campaign_id: z.int(),
    kind: InputKindOut,
    url: z.string().meta({
      format: "uri",
      description: "Where the provider sends its events.",
      example: "https://referrals.example/api/v1/inputs/7Gx0b1mVt2uYk3Qd",
    }),
    events: z.array(z.string()).meta({ description: "The event types that the provider should send." }),
    has_secret: z.boolean().meta({ description: "Without a secret, it takes no events." }),
    event_name: z.string(),
    test_mode: z.boolean(),
    status: InputStatusOut,
    date_added: TimeOut,
  })
  .meta({ id: "Input", description: "Where a payment provider reports to a campaign." });
export type Input = z.input<typeof Input>;

export const SavedInput = Input.extend({ ignored: Ignored }).meta({
  id: "SavedInput",
  description: "The input, and what of the request was ignored.",
});

export const Inputs = z
  .object({ inputs: z.array(Input) })
  .meta({ id: "Inputs", description: "The inputs of a campaign." });
export const DeletedInput = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "DeletedInput", description: "The input that was deleted." });
export const Received = z
  .object({ received: z.literal(true) })
  .meta({ id: "InputEventReceived", description: "The event is in the inbox." });

const InputEventReason = z.object({ code: z.string(), message: z.string() }).meta({
  id: "InputEventReason",
  description: "Why it changed nothing: one of the codes in the guide to conversions.",
});
const InputAct = z.enum(inputActs).meta({
  id: "InputAct",
  description: "What an event does. A `link` tells another id of a payment, by which refunds name it.",
});
const InputEventConversion = z.object({ id: z.int(), outcome: z.enum(conversionOutcomes) }).meta({
  id: "InputEventConversion",
  description: "The conversion that it recorded or refunded. Null if there is none yet.",
});

export const InputEvent = z
  .object({
    id: z.int(),
    event_id: z.string().meta({ description: "The provider's own id of it. The same one counts once." }),
    type: z.string().meta({ description: "As the provider calls it. Empty if we cannot read the event." }),
    is_test: z.boolean(),
    status: z.enum(inputEventStatuses).meta({
      id: "InputEventStatus",
      description:
        "`ignored` events change nothing; `reason` says why. Sent again by the provider, those that are `ignored` or `failed` are tried again.",
    }),
    reason: InputEventReason.nullable(),
    act: InputAct.nullable(),
    conversion_id: z.string().nullable().meta({ description: "The provider's id of the payment." }),
    amount: z.int().nullable().meta({
      description:
        "In the currency's minor unit. Of refunds that providers report as a sum, all that was refunded so far.",
    }),
    currency: z.string().nullable(),
    conversion: InputEventConversion.nullable(),
    attempts: z.int(),
    next_attempt_at: TimeOut.nullable(),
    date_added: TimeOut,
  })
  .meta({ id: "InputEvent", description: "An event of a payment provider, and what became of it." });
export type InputEvent = z.input<typeof InputEvent>;

export const InputParam = z.object({ campaignId: Id, inputId: Id });
export const InputKeyParam = z.object({
  inputKey: z.string().max(100).meta({ description: "The end of the input's URL.", example: "7Gx0b1mVt2uYk3Qd" }),
});
