import type { Component, Props, System } from "./swagger";

/** The form for keys and tokens as a dialog of the browser's: it takes the focus, keeps it, and gives it back. */
export const authorization =
  (Original: Component, { React: { createElement: h, useRef, useEffect }, authActions }: System) =>
  (props: Props) => {
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => {
      const opener = document.activeElement;
      dialog.current?.showModal();
      return () => {
        if (opener instanceof HTMLElement) opener.focus();
      };
    }, []);
    return h(
      "dialog",
      {
        ref: dialog,
        className: "authorization",
        "aria-label": "Available authorizations",
        onClose: () => authActions.showDefinitions(false),
      },
      h(Original, props),
    );
  };
