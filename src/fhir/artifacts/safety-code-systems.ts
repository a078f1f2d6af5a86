import type { CodeSystem } from 'fhir/r4';
import {
  ATTRIBUTION_DISPLAY,
  HARM_DISPLAY,
  INCIDENT_SYSTEM,
  KIND_DISPLAY,
  MERP_DISPLAY,
} from '../governance/incident-terms.ts';
import { type Concept, codeSystem } from './code-systems.ts';

const concepts = (display: Readonly<Record<string, string>>, of: string): readonly Concept[] =>
  Object.entries(display).map(([code, words]) => ({
    code,
    display: words,
    definition: `${of}: ${words}.`,
  }));

/** What safety reports are coded with, besides what R4 has. */
export const safetyCodeSystems = (): readonly CodeSystem[] => [
  codeSystem(
    'IncidentKind',
    'Kinds of safety report',
    INCIDENT_SYSTEM.kind,
    'What was reported, after the AHRQ Common Formats.',
    concepts(KIND_DISPLAY, 'Report type'),
  ),
  codeSystem(
    'AhrqHarm',
    'AHRQ Harm Scale',
    INCIDENT_SYSTEM.harm,
    'Harm to the patient, by the levels of the AHRQ Harm Scale; the words are ours.',
    concepts(HARM_DISPLAY, 'Level of harm'),
  ),
  codeSystem(
    'NccMerp',
    'NCC MERP Index',
    INCIDENT_SYSTEM.merp,
    'Category of an error by the letters of the NCC MERP Index; the words are ours and shorter.',
    concepts(MERP_DISPLAY, 'Category'),
  ),
  codeSystem(
    'AiAttribution',
    'Part of the AI in an event',
    INCIDENT_SYSTEM.attribution,
    'Whether the AI had part in what was reported, as the reporter sees it.',
    concepts(ATTRIBUTION_DISPLAY, 'The reporter’s view'),
  ),
];
