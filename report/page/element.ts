/** Builds the page's elements. All text goes in as text: nothing of a record is ever read as HTML. */

type Child = Node | string;

/** Attributes by name; false and null are left out, true is an attribute without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

export function button(
  label: string,
  attributes: Attributes,
  onClick: () => void,
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A labelled list of choices. `onChange` gets the chosen value. */
export function select(
  label: string,
  choices: readonly Choice[],
  onChange: (value: string) => void,
): { readonly element: HTMLElement; readonly input: HTMLSelectElement } {
  const options = choices.map(({ value, label: text }) => element('option', { value }, text));
  const input = element('select', {}, ...options);
  input.addEventListener('change', () => onChange(input.value));
  return {
    element: element('label', { class: 'control' }, element('span', {}, label), input),
    input,
  };
}

export function checkbox(
  label: string | Node,
  isChecked: boolean,
  onChange: (isChecked: boolean) => void,
): HTMLElement {
  const input = element('input', { type: 'checkbox', checked: isChecked });
  input.addEventListener('change', () => onChange(input.checked));
  return element('label', { class: 'control check' }, input, label);
}
