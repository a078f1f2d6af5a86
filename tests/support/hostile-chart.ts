import type {
  DocumentReference,
  FhirResource,
  Observation,
  Patient,
  Practitioner,
  RiskAssessment,
} from 'fhir/r4';
import type { Stage } from '#tests/e2e/stage.ts';

export const EVIL = 'https://evil.test';

/** Runs in every way in which text has ever become markup; `hacked` on the window says that it did. */
export const PAYLOAD = [
  `<img src="${EVIL}/i.png" onerror="window.hacked=1">`,
  '<script>window.hacked=1</script>',
  '<svg onload="window.hacked=1"></svg>',
  `<iframe src="${EVIL}/frame"></iframe>`,
  '<a href="javascript:window.hacked=1">go</a>',
].join('');

const MARKDOWN = `# Intended use ${PAYLOAD}

[press here](javascript:window.hacked=1) ![x](${EVIL}/p.gif) <${EVIL}/auto>

## Cautions

- **${PAYLOAD}**
- [site](${EVIL}/card "title")

## Performance

\`\`\`html
${PAYLOAD}
\`\`\`
`;

const CHAI = `<?xml version="1.0"?>
<?xml-stylesheet type="text/xsl" href="${EVIL}/x.xsl"?>
<!DOCTYPE card [<!ENTITY file SYSTEM "${EVIL}/entity"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<AppliedModelCard xmlns:xlink="http://www.w3.org/1999/xlink"><IntendedUse>&file;&b;
<script>window.hacked=1</script><svg onload="window.hacked=1"><a xlink:href="javascript:window.hacked=1">go</a></svg>
<![CDATA[${PAYLOAD}]]></IntendedUse></AppliedModelCard>`;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const narrative = {
  status: 'generated' as const,
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${PAYLOAD}</div>`,
};

/** Everything about one patient that reaches the screen says something hostile, as FHIR allows. */
export function makeHostile({ sandbox }: Pick<Stage, 'sandbox'>, patientId: string): void {
  const put = (resource: FhirResource) => sandbox.put(resource as FhirResource & { id: string });
  const about = { reference: `Patient/${patientId}` };
  const patient = sandbox.read('Patient', patientId) as Patient;
  put({ ...patient, text: narrative, name: [{ family: PAYLOAD, given: ['Eve'] }] });
  for (const one of sandbox.list('RiskAssessment'))
    if (one.subject.reference === about.reference) put(hostileRisk(one));
  for (const one of sandbox.list('Observation'))
    if (one.subject?.reference === about.reference) put(hostileObservation(one));
  for (const one of sandbox.list('Practitioner')) put(hostilePerson(one));
  for (const one of sandbox.list('Device'))
    put({
      ...one,
      text: narrative,
      url: `${EVIL}/device`,
      deviceName: [{ name: `Model ${PAYLOAD}`, type: 'user-friendly-name' }],
      note: [{ text: PAYLOAD }],
    });
  sandbox.list('DocumentReference').forEach((one, index) => {
    if (one.id?.startsWith('card-')) put(hostileCard(one, index));
  });
}

const hostileRisk = (one: RiskAssessment): RiskAssessment => ({
  ...one,
  text: narrative,
  code: { ...one.code, text: `Title ${PAYLOAD}` },
  mitigation: `Do ${PAYLOAD} [x](javascript:window.hacked=1)`,
  note: [{ text: PAYLOAD, authorString: PAYLOAD }],
  prediction: (one.prediction ?? []).map((prediction) => ({
    ...prediction,
    outcome: { ...prediction.outcome, text: PAYLOAD },
    rationale: PAYLOAD,
  })),
  basis: [
    ...(one.basis ?? []),
    { reference: `${EVIL}/fhir/Observation/1`, display: PAYLOAD },
    { reference: `${EVIL}/fhir/DocumentReference/1` },
    { reference: 'javascript:window.hacked=1', display: 'script' },
    { reference: '//evil.test/fhir/Observation/2' },
    { reference: `Observation/../../../evil`, display: 'path' },
    { reference: 'Observation/x?_include=*&token=1', display: 'query' },
  ],
});

const hostileObservation = (one: Observation): Observation => ({
  ...one,
  text: narrative,
  code: { ...one.code, text: `Code ${PAYLOAD}` },
  note: [{ text: PAYLOAD }],
  ...(one.valueString && { valueString: PAYLOAD }),
  ...(one.valueQuantity && {
    valueQuantity: { ...one.valueQuantity, unit: `mg ${PAYLOAD}` },
  }),
});

const hostilePerson = (one: Practitioner): Practitioner => ({
  ...one,
  text: narrative,
  name: [{ text: `Dr ${PAYLOAD}`, family: PAYLOAD }],
  photo: [{ url: `${EVIL}/photo.svg`, contentType: 'image/svg+xml' }],
});

/** One card as markdown, one as CHAI XML, one as SVG, and one that only says where to fetch it. */
function hostileCard(one: DocumentReference, index: number): DocumentReference {
  const [content] = one.content;
  const attachment = [
    {
      contentType: 'text/markdown',
      data: base64(MARKDOWN),
      url: `${EVIL}/card.md`,
      title: PAYLOAD,
    },
    { contentType: 'application/xml', data: base64(CHAI) },
    {
      contentType: 'image/svg+xml',
      data: base64(`<svg onload="window.hacked=1">${PAYLOAD}</svg>`),
    },
    { contentType: 'text/markdown', url: `${EVIL}/elsewhere.md` },
  ][index % 4];
  return {
    ...one,
    text: narrative,
    description: PAYLOAD,
    content: [{ ...content, attachment: { ...attachment } }],
  };
}
