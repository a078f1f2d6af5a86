/** The view of the dashboard that an address of this app names; undefined for any other address. */
function viewHere(address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.origin !== location.origin) return undefined;
  const view = new URLSearchParams(url.search);
  view.set('page', 'dashboard');
  return view.toString();
}

/** What a proposal rests on. Its view of the dashboard can be opened; any other address is text: a server wrote it. */
export function EvidenceLink({ evidence }: { readonly evidence: string }) {
  const view = viewHere(evidence);
  return view === undefined ? evidence : <a href={`?${view}`}>{evidence}</a>;
}
