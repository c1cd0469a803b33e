/** Light or dark: as the system says, until somebody presses the switch. */

const KEY = 'within-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners: (() => void)[] = [];

export const isDark = (): boolean => document.documentElement.dataset['theme'] === 'dark';

export const onThemeChange = (listener: () => void): void => void listeners.push(listener);

export function startTheme(): void {
  apply(remembered() ?? (system.matches ? 'dark' : 'light'));
  system.addEventListener('change', () => {
    if (remembered() === null) apply(system.matches ? 'dark' : 'light');
  });
}

export function switchTheme(): void {
  const theme = isDark() ? 'light' : 'dark';
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A page opened from disk may have no storage; then it forgets.
  }
  apply(theme);
}

function apply(theme: string): void {
  document.documentElement.dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
