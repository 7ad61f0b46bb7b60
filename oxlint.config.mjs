/*
 * Imports go one way (ARCHITECTURE.md), and lint holds them to it: each folder below lists what it may not import, and
 * every message says where to go instead. `scripts/lint.test.ts` proves that each ban bites.
 *
 * Plain JavaScript because a JSON configuration cannot share a rule between folders, and a TypeScript one needs a newer
 * Node than the product does.
 */

const tests = ['**/*.test.{ts,tsx,mjs}', '**/testing/**'];
const topFolders = 'activities|api|config|db|domain|files|providers|scripts|simulator|web|worker|workflows';

/** A relative path into another top folder would pass every other ban. */
const climbingInto = (folders) => ({
  regex: `^(\\.\\./)+(${folders})/`,
  message: "Cross top folders by package import: '#domain/phone.ts', never '../domain/phone.ts'.",
});
const noClimbing = climbingInto(topFolders);

/** Everything is banned except the given patterns (in the syntax of .gitignore). */
const only = (allowed, message) => ({
  group: ['**', '!./**', '!../**', ...allowed.map((pattern) => `!${pattern}`)],
  message,
});
const ban = (group, message, options = {}) => ({ group, message, ...options });

/** The rules of one top folder; its tests may reach further, to build what they test. */
const folder = (name, patterns, rules = {}, climbing = noClimbing) => ({
  files: [`${name}/**`],
  excludeFiles: [...tests, '**/vite.config.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [climbing, ...patterns] }], ...rules },
});

const noCompositionRoots = ban(
  ['#worker/**', '#api/**', '#simulator/**', '#scripts/**'],
  'This folder is used by the processes (worker, api, simulator, scripts) and must not know them: take what you need as an argument.',
);
const workflowMessagesOnly = ban(
  ['#workflows/**', '!#workflows/*/messages.ts'],
  "Workflow code runs in Temporal's sandbox only. Import its names and types from '#workflows/<name>/messages.ts'.",
);

const domain = folder(
  'domain',
  [
    only(
      ['#domain/**', 'libphonenumber-js', 'libphonenumber-js/**'],
      'domain is pure: it imports domain and libphonenumber-js only. Take the value as an argument, or move the code to activities, db or providers.',
    ),
  ],
  {
    'no-restricted-globals': [
      'error',
      ...['process', 'fetch', 'setTimeout', 'setInterval', 'console', 'performance', 'crypto'].map(
        (name) => ({
          name,
          message: 'domain has no input, output, clock or environment: take the value as an argument.',
        }),
      ),
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Take `now` as an argument.' },
      { object: 'Math', property: 'random', message: 'Take a seeded generator as an argument.' },
    ],
  },
);

const files = folder('files', [
  only(
    ['#domain/**', '#files/**', 'read-excel-file/**', 'node:*', 'node:*/**'],
    'files knows formats and nothing of where the bytes lie: take them as an argument, and leave database and HTTP to activities and api.',
  ),
]);

const workflows = folder(
  'workflows',
  [
    // An expression, because a list that allows something ends the search for whatever it allows.
    {
      regex: '^#activities/',
      message: 'Workflows see activities by `import type` only and call them through proxyActivities.',
      allowTypeImports: true,
    },
    only(
      ['#domain/**', '#workflows/**', '#activities/**', '@temporalio/workflow', '@temporalio/common'],
      'Workflows are deterministic: they import domain, @temporalio/workflow and @temporalio/common. Put input, output and validation into an activity.',
    ),
  ],
  {
    'no-restricted-globals': [
      'error',
      ...['process', 'fetch', 'require', 'Buffer', 'WebSocket'].map((name) => ({
        name,
        message: 'Not deterministic, so it would break replay: do this in an activity.',
      })),
    ],
  },
);

const providers = folder('providers', [
  noCompositionRoots,
  ban(
    ['#db/**', '#files/**', '#activities/**', '#workflows/**'],
    'A provider adapts one outside party and knows no more: let the activity that calls it bring the data.',
  ),
]);

const db = folder('db', [
  noCompositionRoots,
  ban(
    ['#providers/**', '#files/**', '#activities/**', '#workflows/**'],
    'db holds rows and queries only: call it from an activity or a route, which do the rest.',
  ),
]);

const activities = folder('activities', [noCompositionRoots, workflowMessagesOnly]);

const config = folder('config', [
  noCompositionRoots,
  ban(
    ['#db/**', '#providers/**', '#files/**', '#activities/**', '#workflows/**'],
    'config reads the environment and no more: it is used by every process.',
  ),
]);

const worker = folder('worker', [
  workflowMessagesOnly,
  ban(
    ['#api/**', '#simulator/**', '#scripts/**'],
    'The worker is a process of its own: share through domain, db or config.',
  ),
]);

const api = folder('api', [
  workflowMessagesOnly,
  ban(
    ['#activities/**'],
    'The API starts and signals workflows, which call activities: share through domain, db or providers.',
  ),
  ban(
    ['#worker/**', '#simulator/**', '#scripts/**'],
    'The API is a process of its own: share through domain, db or config.',
  ),
]);

const simulator = folder('simulator', [
  ban(
    ['#db/**', '#activities/**', '#workflows/**', '#providers/**', '#worker/**', '#api/**', '#scripts/**'],
    'The simulator stands for the outside party, and its ledger checks ours: it shares domain and config only.',
  ),
]);

const web = folder(
  'web',
  [
    ban(
      [
        'node:*',
        ...['activities', 'config', 'db', 'files', 'providers', 'scripts', 'worker', 'workflows'].map(
          (name) => `#${name}/**`,
        ),
      ],
      'web runs in the browser and reaches the rest through the API.',
    ),
    ban(
      ['#api/**'],
      'web uses only the types of the API (`import type`), so that no server code is bundled.',
      {
        allowTypeImports: true,
      },
    ),
  ],
  {},
  // It has a folder `api` of its own.
  climbingInto(topFolders.replace('api|', '')),
);

export default {
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'react', 'promise', 'vitest'],
  categories: { correctness: 'error' },
  ignorePatterns: [
    '**/dist/**',
    '.leadway/**',
    'coverage/**',
    'db/migrations/**',
    'web/public/**',
    '**/*.gen.ts',
  ],
  rules: {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-var': 'error',
    'prefer-const': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
    'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'node/no-process-env': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/await-thenable': 'error',
    // Texts are measured by code points, which is what spreading one gives.
    'typescript/no-misused-spread': 'off',
    'typescript/consistent-type-definitions': ['error', 'type'],
    'typescript/consistent-type-imports': [
      'error',
      { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
    ],
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'vitest/expect-expect': 'off',
    'vitest/valid-title': 'off',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-conditional-expect': 'off',
    'vitest/require-to-throw-message': 'off',
    // Our objects are closures, which need no `this`.
    'typescript/unbound-method': 'off',
    // For the React compiler, which is not used.
    'react/immutability': 'off',
    'react/use-memo': 'off',
    // A rule's `then` is data here; nothing awaits it.
    'unicorn/no-thenable': 'off',
    'no-restricted-imports': ['error', { patterns: [noClimbing] }],
  },
  overrides: [
    domain,
    files,
    workflows,
    providers,
    db,
    activities,
    config,
    worker,
    api,
    simulator,
    web,
    // The environment is read at the processes' doors and nowhere else.
    {
      files: [
        '**/main.ts',
        '**/config.ts',
        'scripts/*.{ts,mjs}',
        'scripts/{bench,chaos,demo}/**',
        '*.config.ts',
        ...tests,
      ],
      rules: { 'node/no-process-env': 'off' },
    },
    // These tools load a default export.
    {
      files: ['*.config.{ts,mjs}', 'web/vite.config.ts', 'db/testing/global-setup.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    // The only way to tell Vitest what a set-up provides.
    { files: ['**/global-setup.ts'], rules: { 'typescript/consistent-type-definitions': 'off' } },
    // A long table of cases is one subject, and an answer is read before its shape is known.
    { files: tests, rules: { 'max-lines': 'off', 'typescript/no-explicit-any': 'off' } },
  ],
};
