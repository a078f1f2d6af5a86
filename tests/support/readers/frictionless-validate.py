"""Validates datapackage.json of the folder that is named, files, types, keys and all; prints JSON."""

import json
import os
import sys

import frictionless

os.chdir(sys.argv[1])
report = frictionless.validate("datapackage.json")
failed = [[task.name, error.type, error.message] for task in report.tasks for error in task.errors]
failed += [["package", error.type, error.message] for error in report.errors]
rows = {task.name: task.stats.get("rows") for task in report.tasks}
print(json.dumps({"version": frictionless.__version__, "failed": failed, "rows": rows}))
