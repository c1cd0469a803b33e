/**
 * One event as a line. The kinds that come once per message are put together by hand, four times as
 * fast as JSON.stringify and equal to it (tests/unit/record/event-line.test.ts): their strings need
 * no escaping, and their numbers are finite.
 */
import type { RecordedEvent } from './events.ts';

export function eventLine(event: RecordedEvent): string {
  const { kind, t } = event;
  if (kind === 'receive' || kind === 'pending') {
    return (
      `{"kind":"${kind}","t":${t},"from":${event.from},"round":${event.round},` +
      `"value":${event.value},"arrived":${event.arrived},"delay":${event.delay}}\n`
    );
  }
  if (kind === 'report') {
    return 'used' in event
      ? `{"kind":"report","t":${t},"round":${event.round},"value":${event.value},` +
          `"used":[${event.used.join(',')}]}\n`
      : `{"kind":"report","t":${t},"from":${event.from},"round":${event.round},` +
          `"value":${event.value}}\n`;
  }
  if (kind === 'multicast') {
    return (
      `{"kind":"multicast","t":${t},"round":${event.round},"value":${event.value},` +
      `"to":${event.to === 'all' ? '"all"' : `[${event.to.join(',')}]`}}\n`
    );
  }
  return `${JSON.stringify(event)}\n`;
}
