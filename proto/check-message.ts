/**
 * Is this a message of the algorithm? The decoder guarantees types and 32-bit ranges (ids and
 * rounds come out as unsigned 32-bit integers whatever the bytes were); the rest is checked here.
 */
import { MASTER } from '../agreement/algorithm.ts';
import { isLegalValue, VALUE_MAX } from '../agreement/update-rule.ts';
import type { within } from './generated/message.js';
import { fault } from './records.ts';
import type { MessageRecord, PeerFault } from './records.ts';

export function checkMessage(message: within.Message): MessageRecord | PeerFault {
  const value = message.value ?? null;
  const round = message.round ?? null;
  if (value !== null && !isLegalValue(value)) {
    return fault('bad-value', `value ${value} from ${message.from}; legal is ±${VALUE_MAX}`);
  }
  if (!hasLegalShape(message, value !== null, round !== null)) {
    return fault('bad-shape', `${JSON.stringify(message)} is no value, order, notice or fail`);
  }
  return {
    kind: 'message',
    from: message.from,
    // −0 becomes 0: two values that are equal must look equal in every record.
    value: value === null ? null : value + 0,
    round,
    output: message.output,
    fail: message.fail,
  };
}

/**
 * value: {from, value, round}. order: {round, output}, only from the master. notice: {from, value,
 * round, output}. fail: {from, fail}.
 */
function hasLegalShape(message: within.Message, hasValue: boolean, hasRound: boolean): boolean {
  if (message.from === MASTER) {
    return message.output && !message.fail && hasRound && !hasValue;
  }
  return message.fail ? !message.output && !hasRound && !hasValue : hasRound && hasValue;
}
