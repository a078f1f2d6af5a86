import { useCallback } from 'react';
import { FlowsheetTable } from '../parts/flowsheet-table.tsx';
import { buildFlowsheet } from '../readers/flowsheet.ts';
import { resourcesOf } from '../readers/json.ts';
import { readResults } from '../readers/observation.ts';
import { useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import { Box } from './section.tsx';

export function ResultsSection({ patientId }: { readonly patientId: string }) {
  return (
    <>
      <Category patientId={patientId} title="Vital signs" category="vital-signs" />
      <Category patientId={patientId} title="Laboratory" category="laboratory" />
    </>
  );
}

interface CategoryProps {
  readonly patientId: string;
  readonly title: string;
  readonly category: string;
}

function Category({ patientId, title, category }: CategoryProps) {
  const { access } = useSession();
  const load = useCallback(async () => {
    const query = `Observation?patient=${patientId}&category=${category}&_sort=-date&_count=200`;
    return buildFlowsheet(resourcesOf(await access.bundle(query)).flatMap(readResults));
  }, [access, patientId, category]);
  const [sheet, retry] = useLoad(load);
  return (
    <Box
      title={`${title}, newest first`}
      loaded={sheet}
      onRetry={retry}
      isEmpty={(value) => value.rows.length === 0}
      empty="Nothing charted."
    >
      {(value) => <FlowsheetTable sheet={value} label={title} />}
    </Box>
  );
}
