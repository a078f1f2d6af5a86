/** Code systems of AuditEvent (R4), and the codes of them that an export has. */
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';

export const AUDIT = {
  export: { system: DCM, code: '110106', display: 'Export' },
  disclose: {
    system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
    code: 'disclose',
    display: 'Disclose Record Lifecycle Event',
  },
  source: { system: DCM, code: '110153', display: 'Source Role ID' },
  destination: { system: DCM, code: '110152', display: 'Destination Role ID' },
  userDevice: {
    system: 'http://terminology.hl7.org/CodeSystem/security-source-type',
    code: '1',
    display: 'User Device',
  },
  systemObject: {
    system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
    code: '2',
    display: 'System Object',
  },
  report: {
    system: 'http://terminology.hl7.org/CodeSystem/object-role',
    code: '3',
    display: 'Report',
  },
  lifecycleExport: {
    system: 'http://terminology.hl7.org/CodeSystem/dicom-audit-lifecycle',
    code: '10',
    display: 'Export',
  },
} as const;
