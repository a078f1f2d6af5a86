# Reference values for tests/unit/statistics, from R and its packages survey and sandwich.
#   apt-get install -y --no-install-recommends r-base-core r-cran-survey r-cran-sandwich r-cran-jsonlite
#   Rscript from-r.R > from-r.json
suppressMessages({ library(survey); library(sandwich); library(jsonlite) })

# Rows x of n, cluster by cluster: unequal sizes, none and all among them.
parts <- data.frame(
  x = c(31, 4, 55, 12, 70, 9, 0, 18, 5, 44, 27, 8),
  n = c(40, 9, 61, 30, 77, 9, 4, 25, 16, 52, 33, 12))
J <- nrow(parts)
jk <- function(data) svrepdesign(data = data, repweights = ((1 - diag(J)) * J / (J - 1)),
                                 weights = rep(1, J), type = "JK1", combined.weights = TRUE,
                                 scale = (J - 1) / J, rscales = rep(1, J), mse = TRUE)
ratio <- svyratio(~x, ~n, jk(parts))
p <- as.numeric(coef(ratio)); se <- as.numeric(SE(ratio))
df <- sum(parts$n)^2 / sum(parts$n^2) - 1
t <- qt(0.975, df)

# Two groups answered by the same clusters.
pairs <- data.frame(
  x1 = c(5, 2, 9, 4, 7, 3, 6, 1, 8, 4, 2, 6), n1 = c(9, 6, 12, 7, 15, 5, 9, 4, 10, 9, 6, 8),
  x2 = c(20, 8, 33, 14, 41, 9, 25, 6, 19, 22, 11, 17), n2 = c(25, 11, 40, 21, 60, 12, 31, 9, 24, 30, 14, 22))
contrasts <- withReplicates(jk(pairs), function(w, d) {
  r1 <- sum(w * d$x1) / sum(w * d$n1); r2 <- sum(w * d$x2) / sum(w * d$n2)
  c(log(r1 / r2), r1 - r2)
})
k <- as.numeric(coef(contrasts)); kse <- as.numeric(SE(contrasts))
kdf <- min(sum(pairs$n1)^2 / sum(pairs$n1^2), sum(pairs$n2)^2 / sum(pairs$n2^2)) - 1
kt <- qt(0.975, kdf)

# Edrees 2020: all overrides of the highest severity were reviewed, 371 of the rest.
review <- data.frame(
  stratum = rep(c("highest", "rest"), c(193, 371)), N = rep(c(193, 15125), c(193, 371)),
  y = c(1, rep(0, 192), rep(1, 255), rep(0, 116)))
mean_ <- svymean(~y, svydesign(ids = ~1, strata = ~stratum, fpc = ~N, data = review))

series <- c(61, 64, 60, 66, 63, 65, 62, 67, 64, 66, 63, 68, 65, 67, 64, 52, 55, 51, 54, 50, 53, 49,
            51, 48, 52, 47, 50, 46, 49, 45)
change <- 15
time <- seq_along(series) - 1
after <- as.numeric(time >= change)
since <- ifelse(after == 1, time - change, 0)
its <- lm(series ~ time + after + since)
nw <- sqrt(diag(NeweyWest(its, lag = 3, prewhite = FALSE, adjust = TRUE)))

bins <- data.frame(predicted = c(0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9),
                   n = c(400, 310, 220, 150, 90, 60, 40, 25), events = c(10, 19, 30, 38, 30, 33, 24, 20))
l <- qlogis(bins$predicted)
large <- glm(cbind(events, n - events) ~ 1, offset = l, binomial, bins, control = list(epsilon = 1e-13, maxit = 100))
slope <- glm(cbind(events, n - events) ~ l, binomial, bins, control = list(epsilon = 1e-13, maxit = 100))

unit <- function(x) unname(as.numeric(x))
quantiles <- expand.grid(p = c(1e-6, 0.005, 0.025, 0.3, 0.5, 0.9, 0.975, 0.9995), df = c(1, 1.7, 2, 9, 9.5, 19, 39, 300))
cdf <- expand.grid(t = c(-8, -2.2, -0.1, 0, 0.7, 3, 12), df = c(1, 4.3, 9, 19, 120))
found <- list(
  made_by = unbox(paste(R.version.string, "survey", packageVersion("survey"), "sandwich", packageVersion("sandwich"))),
  normal_quantile = lapply(c(1e-12, 1e-4, 0.025, 0.2, 0.5, 0.6, 0.95, 0.999, 0.999999), function(p) c(p, qnorm(p))),
  normal_cdf = lapply(c(-10, -4, -1.96, -0.3, 0, 0.5, 1, 2.5, 6), function(z) c(z, pnorm(z))),
  t_quantile = mapply(function(p, df) c(p, df, qt(p, df)), quantiles$p, quantiles$df, SIMPLIFY = FALSE),
  t_cdf = mapply(function(t, df) c(t, df, pt(t, df)), cdf$t, cdf$df, SIMPLIFY = FALSE),
  chi_square_tail = lapply(list(c(0.001, 1), c(3.84, 1), c(25, 1), c(2, 3), c(12, 7), c(80, 40)),
    function(each) c(each, pchisq(each[1], each[2], lower.tail = FALSE))),
  chi_square = lapply(list(c(20, 213, 9, 210), c(1, 193, 255, 371), c(193, 221, 15125, 15790)), function(each) {
    test <- suppressWarnings(prop.test(each[c(1, 3)], each[c(2, 4)], correct = FALSE))
    c(each, unit(test$statistic), test$p.value)
  }),
  wilson = lapply(list(c(843, 2552), c(0, 10), c(7, 7), c(1, 193), c(6971, 38455)), function(each)
    c(each, suppressWarnings(prop.test(each[1], each[2], correct = FALSE))$conf.int)),
  quantile_type_7 = lapply(c(0, 0.1, 0.25, 0.5, 0.77, 1), function(q) c(q, unit(quantile(c(9, 2, 4, 4, 11, 1, 7), q)))),
  cluster = list(x = parts$x, n = parts$n, se = unbox(se), df = unbox(df),
    share = plogis(qlogis(p) + c(-1, 1) * t * se / (p * (1 - p))),
    ratio = p * exp(c(-1, 1) * t * se / p)),
  pairs = list(x1 = pairs$x1, n1 = pairs$n1, x2 = pairs$x2, n2 = pairs$n2,
    rate_ratio = exp(k[1] + c(0, -1, 1) * kt * kse[1]), difference = k[2] + c(0, -1, 1) * kt * kse[2]),
  weighted_share = list(value = unbox(unit(coef(mean_))), se = unbox(unit(SE(mean_))), interval = unit(confint(mean_))),
  its = list(series = series, change = unbox(change), lag = unbox(3), coefficients = unit(coef(its)), se = unit(nw),
    p = unit(2 * pt(-abs(coef(its) / nw), length(series) - 4))),
  calibration = list(predicted = bins$predicted, n = bins$n, events = bins$events,
    intercept = c(unit(coef(large)), unit(sqrt(diag(vcov(large))))),
    slope = c(unit(coef(slope)[2]), unit(sqrt(diag(vcov(slope)))[2])))
)
lines <- mapply(function(name, value) paste0(' "', name, '": ', toJSON(value, digits = NA)), names(found), found)
cat("{\n", paste(lines, collapse = ",\n"), "\n}\n", sep = "")
