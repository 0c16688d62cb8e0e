/** Concurrent callers share one promise; a failure is not kept, so the next caller tries again. */
export function singleFlight<T>(start: () => Promise<T>): { (): Promise<T>; forget(): void } {
  let flight: Promise<T> | undefined;
  const run = () => {
    if (!flight) {
      const mine = start();
      flight = mine;
      mine.catch(() => {
        if (flight === mine) flight = undefined;
      });
    }
    return flight;
  };
  return Object.assign(run, {
    forget() {
      flight = undefined;
    },
  });
}
