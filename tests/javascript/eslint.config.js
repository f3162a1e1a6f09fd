// What `make check` asks of the JavaScript. Its paths are those seen from the project's folder.

import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import js from "@eslint/js";
import globals from "globals";

// Folders whose scripts are joined to one module, beside those of one folder.
const JOINED = ["nnviz/player", "nnviz/charts", "nnviz/export"];
const DECLARED = /^(?:export default )?(?:async )?(?:const|let|class|function) +(\w+)/gm;

// Which names each folder's scripts declare, and which of them are modules by themselves.
const folders = {};
const modules = [];
for (const path of globSync("{nnviz,tests/bench,tests/browser}/**/*.js")) {
  const text = readFileSync(path, "utf8");
  for (const [, name] of text.matchAll(DECLARED))
    (folders[dirname(path)] ??= {})[name] = "readonly";
  if (/^export /m.test(text)) modules.push(path);
}

// Scripts that are joined to one module may use what another of them declares.
const player = Object.assign({}, ...JOINED.map((folder) => folders[folder]));
for (const folder of JOINED) folders[folder] = player;
const shared = Object.entries(folders).map(([folder, names]) => ({
  files: [join(folder, "*.js")],
  languageOptions: { globals: names },
}));

export default [
  js.configs.recommended,
  {
    languageOptions: { sourceType: "script", globals: globals.browser },
    rules: {
      // A script's outermost names are used by the scripts it is joined to.
      "no-unused-vars": ["error", { vars: "local" }],
      "no-redeclare": ["error", { builtinGlobals: false }],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  ...shared,
  {
    files: [...modules, "tests/javascript/*.js"],
    languageOptions: { sourceType: "module" },
  },
  {
    files: ["tests/javascript/*.js"],
    languageOptions: { globals: globals.node },
  },
];
