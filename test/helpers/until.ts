/** Until something is so that nothing announces: asked again whenever Node has dealt with what came. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
