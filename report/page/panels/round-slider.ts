/** Goes from round to round, by mouse or keyboard. */
import type { Round } from '../../../agreement/algorithm.ts';
import { button, element } from '../element.ts';

export interface RoundSlider {
  readonly elements: readonly HTMLElement[];
  readonly round: () => Round;
  setLast(last: Round): void;
}

export function createRoundSlider(onChange: () => void): RoundSlider {
  const input = element('input', {
    type: 'range',
    min: 0,
    max: 0,
    value: 0,
    'aria-label': 'Round',
  });
  const shown = element('output');
  const say = (): void => {
    shown.textContent = `round ${input.value} of ${input.max}`;
    input.setAttribute('aria-valuetext', shown.textContent);
  };
  const go = (step: number): void => {
    input.value = String(Number(input.value) + step);
    say();
    onChange();
  };
  input.addEventListener('input', () => {
    go(0);
  });
  return {
    elements: [
      button('◀', { 'aria-label': 'Round before', class: 'small' }, () => go(-1)),
      input,
      button('▶', { 'aria-label': 'Next round', class: 'small' }, () => go(1)),
      shown,
    ],
    round: () => Number(input.value),
    setLast(last) {
      input.max = String(Math.max(0, last));
      say();
    },
  };
}
