/**
 * From now on what is thrown, or rejected and handled by nobody, is told here and not to the runner; `stop` gives it back.
 */
export function catchRaised(): { readonly raised: readonly string[]; readonly stop: () => void } {
  const raised: string[] = [];
  const raise = (event: ErrorEvent | PromiseRejectionEvent) => {
    event.preventDefault();
    raised.push(String('reason' in event ? event.reason : event.message));
  };
  const { onerror } = window;
  window.onerror = null;
  window.addEventListener('error', raise);
  window.addEventListener('unhandledrejection', raise);
  return {
    raised,
    stop() {
      window.removeEventListener('error', raise);
      window.removeEventListener('unhandledrejection', raise);
      window.onerror = onerror;
    },
  };
}
