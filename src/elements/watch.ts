/** Calls `run` when what is watched of a node changes, where the page has observers; returns its end. */
export function watch(node: Node, what: MutationObserverInit, run: () => void): () => void {
  if (typeof MutationObserver !== 'function') return () => undefined;
  const observer = new MutationObserver(run);
  observer.observe(node, what);
  return () => observer.disconnect();
}
