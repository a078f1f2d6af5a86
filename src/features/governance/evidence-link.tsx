/** The view of this app that an address names; undefined for any other address. */
function viewHere(address: string): string | undefined {
  const url = URL.parse(address);
  return url?.origin === location.origin ? url.search : undefined;
}

/** What a proposal rests on. A view of this app can be opened; any other address came from a server: it is text. */
export function EvidenceLink({ evidence }: { readonly evidence: string }) {
  const view = viewHere(evidence);
  if (!view) return evidence;
  return <a href={`?${new URLSearchParams(view)}`}>{evidence}</a>;
}
