/** The tag less its elements: what `npm run size` measures as its headless part. */
import { start } from './start.js';

start(undefined, () => ({}));
