import { Input, Problems, TextArea } from "../ui/field";
import type { Form } from "../ui/form";
import { Card, Confirm } from "../ui/parts";
import type { Person } from "./participant-detail";

export const Edit = ({ person: { details }, form }: { person: Person; form: Form<unknown> }) => (
  <Card title="Edit">
    <form method="post" action={`/participants/${details.id}`}>
      <Problems form={form} />
      <div class="row wide">
        <Input form={form} name="name" label="Name" maxlength={200} />
        <Input
          form={form}
          name="email"
          label="Email"
          type="email"
          required
          autocomplete="off"
          hint="Correct a typo. Links, counts, and rewards stay the same."
        />
        <Input
          form={form}
          name="external_id"
          label="External ID"
          maxlength={200}
          hint="Your own ID for this participant."
        />
        <Input
          form={form}
          name="checkout_code"
          label="Checkout code"
          maxlength={40}
          hint="A word that friends type at checkout, like ADA10. Your server reports it with the order."
          autocomplete="off"
          spellcheck={false}
        />
      </div>
      <TextArea form={form} name="metadata" label="Metadata" rows={5} hint="Custom data (JSON)." spellcheck={false} />
      <button type="submit">Save</button>
    </form>
  </Card>
);

export const Erase = ({ person: { details } }: { person: Person }) => (
  <Card title="Erase">
    <Confirm
      action={`/participants/${details.id}/erase`}
      button="Erase participant"
      question="Permanently deletes the name, email, metadata, invitations, and emails, and revokes pending rewards. The referrer's credit, used codes, and totals of shares and clicks stay, without a name."
    />
  </Card>
);
