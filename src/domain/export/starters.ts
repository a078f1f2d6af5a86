/** Both print `views/adoption.csv` again from `response_units`, exactly, and only with what their language has. */
const WHAT = [
  'Adoption by model, from the rows: views/adoption.csv again.',
  'One row of response_units is a recommendation version x clinician, displayed at least once.',
  'response is the answer in force 24 h after the first display; empty is no response.',
  'Run it in the folder of the package. In limited and de-identified packages views/adoption.csv',
  'leaves small counts out, and so must whatever you publish: suppress 1 to 10 and its complements.',
];
const comment = WHAT.map((line) => `# ${line}`).join('\n');

export const R_STARTER = `${comment}
units <- read.csv("csv/response_units.csv", colClasses = "character", na.strings = "", encoding = "UTF-8")
units$response[is.na(units$response)] <- "no response"
# \`unknown model\` is a row of its own.
units$model_id[is.na(units$model_id)] <- ""
units$model_version[is.na(units$model_version)] <- ""

count <- function(word) {
  tapply(units$response == word, list(paste(units$model_id, units$model_version, sep = "\\t")), sum)
}
accepted <- count("accepted")
modified <- count("accepted-modified")
overridden <- count("overridden")
deferred <- count("deferred")
none <- count("no response")
displayed <- accepted + modified + overridden + deferred + none
keys <- strsplit(paste0(names(displayed), "\\t"), "\\t")

adoption <- data.frame(
  model_id = vapply(keys, function(key) key[1], ""),
  model_version = vapply(keys, function(key) if (length(key) > 1) key[2] else "", ""),
  accepted = as.vector(accepted),
  modified = as.vector(modified),
  overridden = as.vector(overridden),
  deferred = as.vector(deferred),
  no_response = as.vector(none),
  displayed = as.vector(displayed)
)
decided <- adoption$accepted + adoption$modified + adoption$overridden
adoption$acceptance_of_decided <- ifelse(decided > 0, (adoption$accepted + adoption$modified) / decided, NA)
adoption$acceptance_of_displayed <- (adoption$accepted + adoption$modified) / adoption$displayed
write.csv(adoption, stdout(), row.names = FALSE, quote = FALSE, na = "")
`;

export const PYTHON_STARTER = `${comment}
import csv
import sys
from collections import Counter, defaultdict

WORDS = ["accepted", "accepted-modified", "overridden", "deferred", ""]
NAMES = ["accepted", "modified", "overridden", "deferred", "no_response", "displayed"]

counts = defaultdict(Counter)
with open("csv/response_units.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        counts[row["model_id"], row["model_version"]][row["response"]] += 1

out = csv.writer(sys.stdout, lineterminator="\\n")
out.writerow(["model_id", "model_version", *NAMES, "acceptance_of_decided", "acceptance_of_displayed"])
for model, words in sorted(counts.items()):
    cells = [words[word] for word in WORDS]
    followed, decided, displayed = sum(cells[:2]), sum(cells[:3]), sum(cells)
    of_decided = followed / decided if decided else ""
    out.writerow([*model, *cells, displayed, of_decided, followed / displayed])
`;
