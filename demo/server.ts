/// <reference types="node" />
/** `npm start`: the shop on this machine. It says where it is and what to try. */
import { fileURLToPath } from 'node:url';
import { shop } from './app.js';
import { buildClient } from './build-client.js';
import { listen, takenSentence } from './listen.js';

const wanted = readPort(process.env['PORT']);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const { port } = await listen(shop({ dist, scripts: await buildClient() }), wanted);
const home = `http://localhost:${port}`;

const taken = takenSentence(wanted, port);
if (taken) console.log(taken);
console.log(`A bicycle shop that remembers its customers: ${home}

  Choose a size on ${home}/bicycles/furt, order it, tick “Remember me on this device”; close the browser and come back.
  Ask Mike something on ${home}/support; on the next visit his answer is one press away.
  Or press “Second visit” in the strip at the top, see what is kept on ${home}/account, then press “Forget me”.
`);

function readPort(given: string | undefined): number {
  if (given === undefined || given === '') return 8787;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  console.error(`PORT is ${JSON.stringify(given)}; it has to be a number from 0 to 65535, such as 8787.`);
  process.exit(1);
}
