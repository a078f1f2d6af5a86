/** A model card in the XML of the Coalition for Health AI (schema 0.1). */
export const CHEST_XRAY_CARD = `<?xml version="1.0" encoding="UTF-8"?>
<AppliedModelCard xmlns="https://mc.chai.org/v0.1/schema.xsd">
  <BasicInfo>
    <ModelName>Chest X-ray triage</ModelName>
    <ModelDeveloper>Larkmere Imaging (invented)</ModelDeveloper>
    <DeveloperContact>https://larkmere.example.com/support</DeveloperContact>
  </BasicInfo>
  <ReleaseInfo>
    <ReleaseStage>Pilot</ReleaseStage>
    <ReleaseDate>August 2026</ReleaseDate>
    <ReleaseVersion>1.8.2</ReleaseVersion>
    <GlobalAvailability>None: an invented product</GlobalAvailability>
  </ReleaseInfo>
  <ModelSummary>
    <Summary>Moves frontal chest films with a likely pneumothorax, consolidation or pulmonary edema to the top of the reading list.</Summary>
    <Keywords>chest radiograph, triage</Keywords>
  </ModelSummary>
  <UsesAndDirections>
    <IntendedUseAndWorkflow>Ordering of the reading list and an early word to the treating physician. The film is still read by a radiologist.</IntendedUseAndWorkflow>
    <PrimaryIntendedUsers>Radiologists, emergency physicians, intensivists</PrimaryIntendedUsers>
    <HowToUse>Look at the film before acting on the flag.</HowToUse>
    <TargetedPatientPopulation>Adults with a frontal chest film</TargetedPatientPopulation>
    <CautionedOutOfScopeSettings>Lateral films, children, comparison with earlier films. Skin folds and bullae may be flagged as pneumothorax.</CautionedOutOfScopeSettings>
  </UsesAndDirections>
  <Warnings>
    <KnownRisksAndLimitations>Small apical pneumothoraces on supine films are missed in one of three.</KnownRisksAndLimitations>
    <KnownBiasesOrEthicalConsiderations>Sensitivity for consolidation is lower in patients with a body mass index above 40.</KnownBiasesOrEthicalConsiderations>
    <ClinicalRiskLevel>Moderate</ClinicalRiskLevel>
  </Warnings>
  <TrustIngredients>
    <AISystemFacts>
      <OutcomesAndOutputs>A finding with a probability from 0 to 100 %.</OutcomesAndOutputs>
      <ModelType>Convolutional neural network</ModelType>
    </AISystemFacts>
    <TransparencyInformation>
      <FundingSource>Self-funded</FundingSource>
    </TransparencyInformation>
  </TrustIngredients>
  <KeyMetrics>
    <UsefulnessUsabilityEfficacy>
      <MetricGoal>Pneumothorax against the final report, local films, silent phase</MetricGoal>
      <Result>n = 412 films, June to July: PPV 64 % (52-75), sensitivity 88 % (75-95), median 11 minutes to the reading</Result>
      <Interpretation>Two of three flags are right; one in eight is missed.</Interpretation>
    </UsefulnessUsabilityEfficacy>
  </KeyMetrics>
</AppliedModelCard>
`;
