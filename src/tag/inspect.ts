/** Whether the tag reads an attribute, by its name in the `dataset`. */
export const isOurs = (name: string): boolean => /^(site|user|consent|shared|lang|base)$/.test(name);

/**
 * Calls `doubt` when the page has been read to its end and the tag may not do what it says: it has attributes
 * that are not ours, or is not the last script that is for it. Whether anything is wrong the advice knows.
 */
export function inspect(site: string, doubt: () => void): void {
  const script = document.querySelector<HTMLElement>(`script[data-site=${JSON.stringify(site)}]`);
  if (!script) return;
  const atEnd = () => {
    const scripts = document.querySelectorAll('script[data-site],script[data-customer-memory]');
    const strange = !Object.keys(script.dataset).every(isOurs);
    if (strange || scripts[scripts.length - 1] !== script) doubt();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', atEnd);
  else atEnd();
}
