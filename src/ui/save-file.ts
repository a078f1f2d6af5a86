/** Hands a text to the browser as a download; nothing leaves the machine by this. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken it up by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
