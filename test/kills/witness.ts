/**
 * A database beside ours, written by hand in a dozen lines: where it is gone too, the browser has thrown away all that the
 * site had, and no code on a page can have kept it.
 */
export interface Witness {
  /** Whether it was there. */
  readonly there: boolean;
  /** What the browser says about why it is not, as far as it says so. */
  readonly why: string;
}

/** Looks for it, and makes it where it is not. */
export function witness(): Promise<Witness> {
  return new Promise((resolve, reject) => {
    let found: Witness = { there: true, why: '' };
    const request = indexedDB.open('witness', 1);
    request.onupgradeneeded = (event) => {
      const { dataLoss = '', dataLossMessage = '' } = event as {
        dataLoss?: string;
        dataLossMessage?: string;
      };
      found = { there: false, why: [dataLoss, dataLossMessage].filter(Boolean).join(': ') };
      request.result.createObjectStore('words').put('I was there', 'word');
    };
    request.onsuccess = () => {
      request.result.close();
      resolve(found);
    };
    request.onerror = () => reject(request.error ?? new Error('The witness cannot be opened.'));
  });
}
