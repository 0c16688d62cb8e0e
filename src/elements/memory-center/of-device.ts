/** Whether it is the device that did not do what it was asked, and nobody's mistake. */
export const isOfDevice = (error: unknown): boolean =>
  /^(quota|storage_failed)$/.test((Object(error) as { code: string }).code);
