/** The simulator alone, on one core: whole runs of n nodes until enough time has passed. */
import { parseConfig } from '../configs/load.ts';
import { planFaults } from '../faults/plan.ts';
import { runEntryPoint } from '../runtime/lifecycle.ts';
import { simulate } from '../simulator/simulate.ts';
import { mostFaults } from './workload.ts';

export interface SimulatorSpeed {
  readonly n: number;
  readonly f: number;
  readonly deliveries: number;
  /** Of this thread's CPU time. */
  readonly deliveriesPerSecond: number;
  readonly rssBytesMax: number;
}

const ENOUGH_MS = 2_000;

runEntryPoint('bench', async () => {
  const n = Number(process.argv[2]);
  const f = mostFaults(n);
  const nodes = Array.from({ length: n }, (_, i) => `node ${i + 1} ${i / n} 127.0.0.1 0`);
  const lines = ['delay 0 20', 'crash 0', `f ${f}`, 'master 127.0.0.1 0', ...nodes];
  let [deliveries, spentMs] = [0, 0];
  for (let seed = 1; spentMs < ENOUGH_MS; seed += 1) {
    const text = [`seed ${seed}`, ...lines].join('\n');
    const config = parseConfig({ name: 'bench.txt', text, drawSeed: () => seed });
    const { lastRound, faults } = config;
    const plan = planFaults({ n, f, lastRound, seed, faults });
    const before = process.cpuUsage();
    const { delivered } = simulate(config, plan);
    const { user, system } = process.cpuUsage(before);
    // The first run warms up.
    if (seed === 1) continue;
    deliveries += delivered;
    spentMs += (user + system) / 1000;
  }
  const rssBytesMax = process.resourceUsage().maxRSS * 1024;
  const deliveriesPerSecond = (deliveries / spentMs) * 1000;
  const speed: SimulatorSpeed = { n, f, deliveries, deliveriesPerSecond, rssBytesMax };
  process.stdout.write(JSON.stringify(speed));
  return 0;
});
