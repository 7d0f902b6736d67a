import { shownEmail } from "../../lib/email-address";

/** An email address that wraps after its `@` and before its dots, rather than inside a word. */
export const Email = ({ of }: { of: string }) => (
  <>
    {shownEmail(of)
      .split(/(?<=@)|(?=\.)/)
      .map((part, i) => (
        <>
          {i > 0 && <wbr />}
          {part}
        </>
      ))}
  </>
);
