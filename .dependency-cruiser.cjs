/**
 * The floors of the house: a file imports from lower floors and from its own folder, nothing else.
 * Where a dependency lives in one room only, that room is named below.
 */
const path = require('node:path');

const FLOORS = {
  platform: 0,
  facts: 1,
  protocol: 2,
  store: 3,
  endpoint: 3,
  sync: 4,
  memory: 5,
  forms: 6,
  bridges: 6,
  elements: 7,
  tag: 8,
};

/** The server stands beside the floors and shares three of them. */
const SERVER = { folder: 'server', mayImport: ['platform', 'facts', 'protocol'] };

const folders = [...Object.keys(FLOORS), SERVER.folder];
const lowerThan = (folder) => Object.keys(FLOORS).filter((other) => FLOORS[other] < FLOORS[folder]);
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

function floor(folder, mayImport) {
  const forbidden = folders.filter((other) => other !== folder && !mayImport.includes(other));
  return {
    name: `floor-of-${folder}`,
    comment: `${folder}/ imports from itself${mayImport.length > 0 ? ` and ${mayImport.join(', ')}` : ''} only`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: [`^src/(${forbidden.join('|')})/`, '^src/[^/]+$'] },
  };
}

function only(name, rooms, to, comment) {
  return { name, comment, severity: 'error', from: { path: '^src/', pathNot: rooms }, to };
}

module.exports = {
  forbidden: [
    ...Object.keys(FLOORS).map((folder) => floor(folder, lowerThan(folder))),
    floor(SERVER.folder, SERVER.mayImport),
    only(
      'lit-in-elements',
      ['^src/elements/', '^src/tag/', '^src/tag\\.ts$'],
      { path: packages('lit', 'lit-html', 'lit-element', '@lit/[^/]+') },
      'Only elements/ and the tag know Lit',
    ),
    only('zod-in-protocol', '^src/protocol/', { path: packages('zod') }, 'Only protocol/ knows zod'),
    only(
      'react-in-react',
      '^src/react\\.ts$',
      { path: packages('react', 'react-dom', '@types/react') },
      'Only the React entry knows React',
    ),
    only(
      'node-in-server',
      '^src/server(/|\\.ts$)',
      { dependencyTypes: ['core'] },
      'Only the server may need Node',
    ),
    only(
      'no-other-package',
      '^src/server(/|\\.ts$)',
      {
        path: 'node_modules/',
        pathNot: packages('lit', 'lit-html', 'lit-element', '@lit/[^/]+', 'zod', 'react', '@types/react'),
      },
      'What the package may depend on in a browser is listed here',
    ),
    { name: 'no-cycle', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    {
      name: 'no-test-or-demo',
      comment: 'What is published does not import what is not',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|demo|build)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['browser', 'import', 'types', 'default'],
    },
  },
};
