/**
 * Lint rules. Everything is an error: a warning nobody has to fix is noise.
 *
 * Three layers: typed rules for all TypeScript, the purity of agreement/ and faults/ (the same step
 * must give the same bits on every machine and in every driver), and looser sizes for tests.
 */
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sizes = (lines, functionLines) => ({
  'max-lines': ['error', { max: lines, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': [
    'error',
    { max: functionLines, skipBlankLines: true, skipComments: true },
  ],
});

/** Habits of the house that no preset knows. */
const houseSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrels: import from the file that defines it.',
  },
  {
    selector: 'ClassDeclaration:not([superClass.name=/Error$/])',
    message: 'No classes except errors: use plain data and functions.',
  },
];

/** What would let time, chance, the environment or an await into a pure room. */
const impureGlobals = [
  'process',
  'Buffer',
  'console',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'fetch',
  'Date',
  'Intl',
  'globalThis',
  'global',
].map((name) => ({ name, message: 'This room is pure: the driver hands such things in.' }));

/** Math functions whose last bit may differ between engines and machines. */
const inexactMath = [
  ...['acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'cbrt', 'cos', 'cosh', 'exp'],
  ...['expm1', 'hypot', 'log', 'log10', 'log1p', 'log2', 'pow', 'sin', 'sinh', 'tan', 'tanh'],
].map((property) => ({
  object: 'Math',
  property,
  message: 'Not correctly rounded, so not the same bits everywhere: stay with + - * /.',
}));

const pureSyntax = [
  {
    selector: "BinaryExpression[operator='**'], AssignmentExpression[operator='**=']",
    message: 'Powers of doubles are not correctly rounded: multiply.',
  },
  { selector: ':function[async=true], AwaitExpression', message: 'A step is never asynchronous.' },
  { selector: 'ImportExpression', message: 'This room imports nothing at run time.' },
  { selector: "MetaProperty[meta.name='import']", message: 'This room does not know its place.' },
];

const purity = {
  'no-restricted-globals': ['error', ...impureGlobals],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'Draw by key: see faults/.' },
    ...inexactMath,
  ],
  'no-restricted-syntax': ['error', ...houseSyntax, ...pureSyntax],
  '@typescript-eslint/no-restricted-imports': [
    'error',
    { patterns: [{ regex: '^(?!\\.\\.?/)', message: 'This room imports only its own kind.' }] },
  ],
};

export default defineConfig(
  globalIgnores(['node_modules/', 'dist/', 'runs/', 'coverage/', 'proto/generated/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...sizes(300, 40),
      'no-restricted-syntax': ['error', ...houseSyntax],
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // A number in a message is what messages are for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Resolves at once where an interface wants a promise; an extra await would only hide that.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['agreement/**/*.ts', 'faults/**/*.ts'], rules: purity },
  {
    files: ['tests/**/*.ts'],
    rules: {
      ...sizes(500, 250),
      // An index that is out of range fails the test anyway, with a line number.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' },
    },
  },
);
