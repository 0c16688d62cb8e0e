/** What is measured, by the name `--only` takes. */
import { append } from './measures/append.mjs';
import { heap } from './measures/heap.mjs';
import { lastMessages } from './measures/last-messages.mjs';
import { mainThread } from './measures/main-thread.mjs';
import { returnVisit } from './measures/return-visit.mjs';

export const measures = [returnVisit, append, lastMessages, heap, mainThread];
