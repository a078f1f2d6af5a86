"""Reference values for tests/unit/statistics, from statsmodels, scipy and linear algebra of numpy.

apt-get install -y --no-install-recommends python3-statsmodels python3-scipy
/usr/bin/python3 from-python.py > from-python.json
"""

import json

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy.stats import norm
from scipy.stats.contingency import relative_risk
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import confint_proportions_2indep


def kappa(table):
    found = cohens_kappa(np.array(table))
    return {"table": table, "value": found.kappa, "se": found.std_kappa}


def ratio(x1, n1, x2, n2):
    found = relative_risk(x1, n1, x2, n2)
    interval = found.confidence_interval(0.95)
    return [x1, n1, x2, n2, found.relative_risk, interval.low, interval.high]


def difference(x1, n1, x2, n2):
    low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")
    return [x1, n1, x2, n2, x1 / n1 - x2 / n2, low, high]


def funnel(x, n):
    """Spiegelhalter 2005 as in clinical-evidence; numpy's default quantile is type 7."""
    x, n = np.array(x), np.array(n)
    y, s, y0 = np.arcsin(np.sqrt(x / n)), 1 / (2 * np.sqrt(n)), np.arcsin(np.sqrt(x.sum() / n.sum()))
    z = (y - y0) / s
    w = np.clip(z, np.quantile(z, 0.1), np.quantile(z, 0.9))
    phi, weights = (w**2).mean(), 1 / s**2
    tau2 = (len(x) * phi - (len(x) - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
    tau2 = max(0, tau2)
    limits = []
    for size in (5, 40, 400):
        for level in (0.95, 0.998):
            half = norm.ppf((1 + level) / 2) * np.sqrt(1 / (4 * size) + tau2)
            ends = np.clip([y0 - half, y0 + half], 0, np.pi / 2)
            limits.append([size, level, *(np.sin(ends) ** 2)])
    return {
        "x": x.tolist(), "n": n.tolist(), "centre": x.sum() / n.sum(), "dispersion": phi,
        "between": tau2, "limits": limits, "z": ((y - y0) / np.sqrt(s**2 + tau2)).tolist(),
    }


def laney(x, n):
    x, n = np.array(x), np.array(n)
    p, centre = x / n, x.sum() / n.sum()
    sigma = np.sqrt(centre * (1 - centre) / n)
    z = (p - centre) / sigma
    sigma_z = np.abs(np.diff(z)).mean() / 1.128
    return {
        "x": x.tolist(), "n": n.tolist(), "centre": centre, "sigma_z": sigma_z,
        "low": np.maximum(0, centre - 3 * sigma * sigma_z).tolist(),
        "high": np.minimum(1, centre + 3 * sigma * sigma_z).tolist(),
    }


def arl(event, none, h, p):
    """Brook and Evans 1972: (I - Q) L = 1 over the states 0..h-1."""
    q = np.zeros((h, h))
    for s in range(h):
        for score, chance in ((event, p), (none, 1 - p)):
            to = max(0, s + score)
            if to < h:
                q[s, to] += chance
    return [event, none, h, p, np.linalg.solve(np.eye(h) - q, np.ones(h))[0]]


def psi(actual, expected):
    a, e = np.array(actual) + 0.5, np.array(expected) + 0.5
    a, e = a / a.sum(), e / e.sum()
    return {"actual": actual, "expected": expected, "value": ((a - e) * np.log(a / e)).sum()}


def trend():
    """Clinicians begin at different weeks; the answer depends on clinician, week and exposure."""
    rng = np.random.default_rng(20261122)
    cells = []
    for clinician in range(14):
        level, exposure = rng.normal(0.6, 0.5), 0
        for week in range(int(rng.integers(0, 7)), 13):
            n = int(rng.integers(6, 25))
            odds = np.exp(level + 0.1 * np.sin(week) - 0.6 * exposure / 100)
            cells.append([clinician, week, exposure / 100, n, int(rng.binomial(n, odds / (1 + odds)))])
            exposure += n
    c = np.array(cells)
    dummies = [(c[:, 0] == i) for i in np.unique(c[:, 0])] + [(c[:, 1] == i) for i in np.unique(c[:, 1])[1:]]
    x = np.column_stack([c[:, 2]] + [d.astype(float) for d in dummies])
    model = sm.GLM(c[:, 4:5] / c[:, 3:4], x, sm.families.Binomial(), freq_weights=c[:, 3])
    fit = model.fit(tol=1e-14, maxiter=200)
    # The sandwich by hand: statsmodels clusters freq_weights in its own way.
    mu = fit.mu
    bread = np.linalg.inv(x.T @ (x * (c[:, 3] * mu * (1 - mu))[:, None]))
    scores = x * (c[:, 4] - c[:, 3] * mu)[:, None]
    summed = np.array([scores[c[:, 0] == i].sum(axis=0) for i in np.unique(c[:, 0])])
    j = len(summed)
    cov = bread @ (summed.T @ summed) @ bread * j / (j - 1)
    return {"cells": cells, "slope": fit.params[0], "se": np.sqrt(cov[0, 0]), "clinicians": j}


def survival():
    spans = [[1, 4, 1], [2, 6, 0], [3, 0, 5], [6, 9, 2], [12, 3, 8], [24, 1, 0]]
    time = np.concatenate([np.repeat(t, e + c) for t, e, c in spans])
    status = np.concatenate([np.repeat([1, 0], [e, c]) for _, e, c in spans])
    found = sm.SurvfuncRight(time, status)
    at = {int(t): [p, se] for t, p, se in zip(found.surv_times, found.surv_prob, found.surv_prob_se)}
    # Once nobody is left, Greenwood's error has no value and JSON no word for that.
    return {"spans": spans, "at": [[t, *v] for t, v in at.items() if v[0] > 0]}


FOUND = {
    "made_by": f"statsmodels {statsmodels.__version__} scipy {scipy.__version__} numpy {np.__version__}",
    "kappa": [kappa([[45, 3], [7, 9]]), kappa([[12, 2, 1], [3, 20, 4], [0, 5, 9]])],
    "rate_ratio": [ratio(20, 213, 9, 210), ratio(80, 120, 300, 400), ratio(3, 9, 50, 61)],
    "rate_difference": [difference(20, 213, 9, 210), difference(56, 70, 48, 80), difference(9, 10, 3, 10)],
    "funnel": funnel(
        [31, 4, 55, 12, 70, 9, 0, 18, 5, 44, 27, 8, 90, 16],
        [40, 9, 61, 30, 77, 9, 4, 25, 16, 52, 33, 12, 160, 20],
    ),
    "laney": laney(
        [812, 901, 760, 845, 990, 720, 880, 861, 799, 930], [1100, 1180, 1010, 1150, 1230, 980, 1160, 1090, 1050, 1200]
    ),
    "arl": [arl(20, -26, 90, 0.3), arl(53, -20, 300, 0.3), arl(-37, 20, 200, 0.8), arl(20, -26, 90, 0.55)],
    "psi": [psi([10, 40, 35, 15, 0], [12, 30, 38, 18, 2]), psi([500, 500], [250, 750])],
    "trend": trend(),
    "survival": survival(),
}

if __name__ == "__main__":
    lines = [f' "{name}": {json.dumps(value)}' for name, value in FOUND.items()]
    print("{\n" + ",\n".join(lines) + "\n}")
