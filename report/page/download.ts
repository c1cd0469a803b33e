/** Hands a file to the user. Everything is made in the page: nothing is fetched. */

export function download(name: string, content: string | Blob, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

/** For file names. */
export const plainName = (name: string): string => name.replaceAll(/[^\w.-]+/g, '-');
