/** Why a device did not do what it was asked. */
export class StoreError extends Error {
  /**
   * `gone`: the person was forgotten, here or in another tab: stop, do not retry. `quota`: no room. `unavailable`: it could
   * not be opened, or not in three seconds. `newer`: written by a later version, nothing was touched. `stale`: another page
   * has written since, and nothing was; inside this room alone. `failed`: the rest.
   */
  readonly reason: 'gone' | 'quota' | 'failed' | 'unavailable' | 'newer' | 'stale';

  constructor(reason: StoreError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** What a browser's own error means; `otherwise` when it is none of those with a meaning of their own. */
export function storeError(
  cause: unknown,
  doing: string,
  otherwise: StoreError['reason'] = 'failed',
): StoreError {
  if (cause instanceof StoreError) return cause;
  const name = (cause as Partial<DOMException> | undefined)?.name;
  const reason = name === 'QuotaExceededError' ? 'quota' : name === 'VersionError' ? 'newer' : otherwise;
  return new StoreError(
    reason,
    `${doing}: ${reason === 'newer' ? 'a later version has it: reload' : (name ?? 'aborted')}`,
    cause,
  );
}

export function goneError(): StoreError {
  return new StoreError('gone', 'forgotten');
}
