/** Calls in flight: enough to fill the server's group commits, far below its bounds. */
const inFlightMax = 32;

/** Does `act` for each item, several at a time. Rejects with the first error, after those under way have ended. */
export async function inFlight<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of queue) {
      if (failed) return;
      try {
        await act(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: inFlightMax }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
