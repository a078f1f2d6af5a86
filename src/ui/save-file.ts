/** Hands a text or a file to the browser as a download; nothing leaves the machine by this. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken it up by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
