/** A node started by the launcher, from a bundle. From a snapshot it starts faster: snapshot.ts. */
import type { LaunchedNode } from '../runtime/ipc.ts';
import { runLaunchedNode } from './launched-node.ts';

// The launcher writes this argument itself (launcher/children.ts).
runLaunchedNode(JSON.parse(process.argv[2] ?? '{}') as LaunchedNode);
