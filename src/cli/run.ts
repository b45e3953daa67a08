// The program from its sources, for development: `npx tsx src/cli/run.ts lint …`. What is shipped starts in bin/k8sec.js.
import { start } from './start.ts';

await start(() => import('./program-entry.ts'));
