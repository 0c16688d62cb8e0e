/** Whether who was here is not any more. */
export const isAway = (error: unknown): boolean => (Object(error) as { code: string }).code === 'put_aside';

/** Whether it is nobody’s mistake: that, or the device did not do what it was asked. */
export const isFaultless = (error: unknown): boolean =>
  isAway(error) || /^(quota|storage_failed)$/.test((error as { code: string }).code);

/** Whether the memory was closed meanwhile: it has nothing more to say. */
export const isClosed = (error: unknown): boolean => (Object(error) as { code: string }).code === 'closed';
