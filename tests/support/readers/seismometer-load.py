"""Starts seismometer on one model's folder, as its notebook does, and prints what it made of it as JSON."""

import json
import os
import sys

os.chdir(sys.argv[1])
import seismometer  # noqa: E402
from seismometer.seismogram import Seismogram  # noqa: E402

seismometer.run_startup(config_path=".")
loaded = Seismogram()
labels = loaded.dataframe[loaded.target]
print(
    json.dumps(
        {
            "version": seismometer.__version__,
            "rows": len(loaded.dataframe),
            "labels": sorted(float(one) for one in labels.unique()),
            "positive": int((labels == 1).sum()),
            "thresholds": loaded.thresholds,
        }
    )
)
