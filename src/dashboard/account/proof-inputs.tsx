import { Input } from "../ui/field";
import type { Form } from "../ui/form";

/** A field for a code from the authenticator app or a recovery code. */
export const CodeInput = ({ form }: { form: Form<unknown> }) => (
  <Input
    form={form}
    name="code"
    label="Code"
    hint="Six digits from your authenticator app, or a recovery code."
    autocomplete="one-time-code"
    autocapitalize="none"
    spellcheck={false}
    maxlength={50}
    required
  />
);

/** A field for the person's current password. */
export const PasswordInput = ({ form }: { form: Form<unknown> }) => (
  <Input form={form} name="password" label="Your password" type="password" autocomplete="current-password" required />
);
