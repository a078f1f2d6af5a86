/** A SQL-on-FHIR v2 ViewDefinition, as far as these views use it: one row for each resource, or for each `forEach`. */
export interface ViewColumn {
  readonly name: string;
  /** FHIRPath, of the subset that every runner of the specification has (`sql/fhirpath`). */
  readonly path: string;
  readonly type: 'string' | 'code' | 'dateTime' | 'instant' | 'decimal' | 'integer' | 'boolean';
  readonly description: string;
  readonly collection?: true;
}

export interface ViewSelect {
  readonly column: readonly ViewColumn[];
  readonly forEach?: string;
}

export interface View {
  /** Table of the flat tables that it fills; several carriers fill one table. */
  readonly table: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly resource: string;
  readonly where: readonly string[];
  readonly select: readonly ViewSelect[];
}
