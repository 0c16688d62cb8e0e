/** How much lies on a page of messages, in characters, unless one message is longer. */
export const PAGE_SIZE = 65_536;
