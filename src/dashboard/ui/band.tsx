export const TEST_MODE = "/test-mode";

/** Shown on every test mode page, so nobody mistakes it for real data or works on real data by mistake. */
export const TestBand = () => (
  <div class="test-band" role="note">
    <p>
      <strong>Test mode.</strong> Nothing here counts or reaches anyone.
    </p>
    <a href={TEST_MODE}>Test emails and data</a>
    <form method="post" action={`${TEST_MODE}/off`}>
      <button type="submit" class="button">
        Exit test mode
      </button>
    </form>
  </div>
);
