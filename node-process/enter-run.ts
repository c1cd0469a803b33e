/** From the welcome on the node knows the run: its config, its faults, where to record. */
import type { RunConfig } from '../configs/run-config.ts';
import { AlgorithmError } from '../agreement/algorithm-error.ts';
import { planFaults } from '../faults/plan.ts';
import type { WelcomeRecord } from '../proto/records.ts';
import { loadAlgorithm } from '../record/load-algorithm.ts';
import { headerOf } from '../record/process-statistics.ts';
import { openRecorder } from '../record/recorder.ts';
import type { Outbound } from '../runtime/outbound.ts';
import { createRunClock } from '../runtime/run-clock.ts';
import { createDriver } from './driver.ts';
import { createHeard } from './heard.ts';
import type { NodeOptions } from './node-options.ts';
import { findRecordPlace } from './record-place.ts';
import type { Session, SessionLog } from './session.ts';
import { createWorld } from './world.ts';

/** Opens the record. Rejects with AlgorithmError when the algorithm cannot be loaded: the master has been told. */
export async function enterRun(
  session: Session,
  options: NodeOptions,
  welcome: WelcomeRecord,
  toMaster: Outbound,
): Promise<void> {
  // The master has validated it; a node that was started with a config has compared digests.
  const config = JSON.parse(welcome.config) as RunConfig;
  const n = config.nodes.length;
  const { f, lastRound, seed, faults } = config;
  const nowUs = createRunClock(welcome.originUs, options.originMonotonicUs);
  const { id } = session;
  const { run, originUs } = welcome;
  const place = findRecordPlace(id, welcome, options.recordAway === true);
  const header = headerOf({
    process: 'node',
    id,
    host: options.hostname,
    run,
    originUs,
    t: nowUs(),
  });
  const recorder = openRecorder(place.directory, id, header);
  const log: SessionLog = { nowUs, recorder, place, isHome: false };
  session.log = log;
  const plan = planFaults({ n, f, lastRound, seed, faults });
  const world = createWorld(session, log, toMaster, options.say);
  try {
    // Before the node is ready: an algorithm that is not there ends the run before it begins.
    const algorithm = await loadAlgorithm(place.directory, config);
    session.driver = createDriver(id, config, algorithm, plan, world);
    session.heard = createHeard(lastRound);
    session.refusals.flush();
  } catch (error) {
    if (error instanceof AlgorithmError) world.giveUp(error);
    await toMaster.flushed();
    throw error;
  }
}
