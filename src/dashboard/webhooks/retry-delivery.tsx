/** Sends a failed delivery again. */
export const RetryDelivery = ({ id }: { id: number }) => (
  <form method="post" action={`/deliveries/${id}/retry`}>
    <button type="submit" class="button" aria-label={`Retry delivery ${id}`}>
      Retry
    </button>
  </form>
);
