/** The button of a long form, in sight wherever one is in it. A script shows that there are changes to save. */
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
