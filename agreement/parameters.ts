/** What a participant is told of the run that it is part of: the same from every driver. */
import type { NodeId, Parameters, Round } from './algorithm.ts';

/** What of a resolved config a participant may know. */
interface Settings {
  readonly nodes: readonly unknown[];
  readonly f: number;
  readonly lastRound: Round;
  readonly stop: 'frozen' | 'rounds';
  readonly rounds: Round;
  readonly restsAfterOutput?: true;
}

export const parametersOf = (
  id: NodeId,
  { nodes, f, lastRound, stop, rounds, restsAfterOutput }: Settings,
): Parameters => ({
  id,
  n: nodes.length,
  f,
  lastRound,
  outputRound: stop === 'rounds' ? rounds : null,
  restsAfterOutput: restsAfterOutput === true,
});
