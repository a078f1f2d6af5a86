// The least that a SMART app can do after the redirect: change the code into a token, show a line.
// What launch.html (the real one) left for this launch lies under the state parameter.
const asked = new URLSearchParams(location.search);
const launch = JSON.parse(sessionStorage.getItem(asked.get('state')) ?? '{}');
const answer = await fetch(launch.tokenUri, {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'authorization_code',
    code: asked.get('code') ?? '',
    redirect_uri: launch.redirectUri,
    client_id: launch.clientId,
    code_verifier: launch.codeVerifier,
  }),
});
const token = await answer.json();
const line = document.createElement('p');
line.id = 'ready';
line.textContent = `Signed in for patient ${token.patient}`;
document.body.append(line);
