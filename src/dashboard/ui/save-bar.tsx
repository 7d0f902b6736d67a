/**
 * A long form's button, always visible while scrolling through the form. A script shows when there are unsaved changes.
 */
export const SaveBar = ({ button = "Save" }: { button?: string }) => (
  <div class="save-bar">
    <button type="submit">{button}</button>
    <span class="quiet" role="status">
      <span data-unsaved hidden>
        Unsaved changes
      </span>
    </span>
  </div>
);
