/** Puts a file among the person's downloads; returns what lets the browser drop its copy. Works under a strict CSP. */
export function download(name: string, content: unknown): () => void {
  const file = new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  return () => URL.revokeObjectURL(link.href);
}
