/** 6: the simulator, each size in a process of its own. */
import { measure } from '../measure.ts';
import { simulatorCommand } from '../processes.ts';
import type { SimulatorSpeed } from '../simulator-main.ts';

export async function measureSimulator(sizes: readonly number[]): Promise<SimulatorSpeed[]> {
  const speeds: SimulatorSpeed[] = [];
  for (const n of sizes) {
    const { stdout } = await measure(simulatorCommand(n));
    speeds.push(JSON.parse(stdout) as SimulatorSpeed);
  }
  return speeds;
}
