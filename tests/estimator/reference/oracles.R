# Numbers that tests/estimator/oracles_test.cpp compares with: R's own estimates on synthetic_schools600.csv, or stacked
# estimating equations with a numerical derivative. Run where R is to be had:
#   Rscript oracles.R > oracles.json
suppressPackageStartupMessages({
  library(Matching); library(sandwich); library(clubSandwich); library(lmtest); library(jsonlite)
})
d <- read.csv("synthetic_schools600.csv")
names(d)[2] <- "area"
d$w <- 1 + (seq_len(nrow(d)) %% 3)
X <- as.matrix(d[, c("base", "urban", "fsm", "pupils", "sixth", "ofsted")])
Z <- cbind(1, scale(X))
D <- d$hub; Y <- d$end
out <- list(versions = list(R = as.character(getRversion())))
for (p in c("Matching", "sandwich", "clubSandwich", "lmtest"))
  out$versions[[p]] <- as.character(packageVersion(p))

# A sandwich of estimating equations psi(theta): rows by equations, with the derivative taken numerically.
stacked <- function(psi, theta, which) {
  k <- length(theta)
  A <- matrix(0, k, k)
  for (j in seq_len(k)) {
    h <- 1e-6 * max(1, abs(theta[j]))
    up <- theta; up[j] <- up[j] + h
    down <- theta; down[j] <- down[j] - h
    A[, j] <- (colSums(psi(up)) - colSums(psi(down))) / (2 * h)
  }
  B <- crossprod(psi(theta))
  V <- solve(A) %*% B %*% t(solve(A))
  sqrt(V[which, which])
}
tilts <- list(
  att = function(p) list(one = rep(1, length(p)), none = p / (1 - p)),
  ate = function(p) list(one = 1 / p, none = 1 / (1 - p)),
  atc = function(p) list(one = (1 - p) / p, none = rep(1, length(p))))
aims <- list(att = D, ate = rep(1, length(D)), atc = 1 - D)
q <- ncol(Z)
for (weighted in c("plain", "weighted")) {
  w <- if (weighted == "plain") rep(1, nrow(d)) else d$w
  fit <- suppressWarnings(glm.fit(Z, D, weights = w, family = binomial(), control = list(epsilon = 1e-14, maxit = 100)))
  g <- unname(coef(fit))
  b1 <- unname(coef(lm.wfit(Z[D == 1, ], Y[D == 1], w[D == 1])))
  b0 <- unname(coef(lm.wfit(Z[D == 0, ], Y[D == 0], w[D == 0])))
  for (estimand in names(tilts)) {
    h <- tilts[[estimand]](plogis(drop(Z %*% g)))
    m1 <- sum(w * D * h$one * Y) / sum(w * D * h$one)
    m0 <- sum(w * (1 - D) * h$none * Y) / sum(w * (1 - D) * h$none)
    psi <- function(t) {
      p <- plogis(drop(Z %*% t[1:q])); h <- tilts[[estimand]](p)
      cbind(w * (D - p) * Z, w * D * h$one * (Y - t[q + 1] - t[q + 2]), w * (1 - D) * h$none * (Y - t[q + 1]))
    }
    out$weighting[[weighted]][[estimand]] <- list(value = m1 - m0, se = stacked(psi, c(g, m0, m1 - m0), q + 2))
    aim <- aims[[estimand]]
    dr <- function(t) {
      p <- plogis(drop(Z %*% t[1:q])); h <- tilts[[estimand]](p)
      f1 <- drop(Z %*% t[q + 1:q]); f0 <- drop(Z %*% t[2 * q + 1:q])
      aim * (f1 - f0) + D * h$one * (Y - f1) - (1 - D) * h$none * (Y - f0)
    }
    # of an effect on one arm the regression of that arm drops out of the sum
    value <- sum(w * dr(c(g, b1, b0))) / sum(w * aim)
    psi2 <- function(t) {
      p <- plogis(drop(Z %*% t[1:q]))
      f1 <- drop(Z %*% t[q + 1:q]); f0 <- drop(Z %*% t[2 * q + 1:q])
      cbind(w * (D - p) * Z, w * D * (Y - f1) * Z, w * (1 - D) * (Y - f0) * Z, w * (dr(t) - aim * t[3 * q + 1]))
    }
    out$doubly_robust[[weighted]][[estimand]] <- list(value = value, se = stacked(psi2, c(g, b1, b0, value), 3 * q + 1))
  }
}

# Regressions with sampling weights, and of inverse-probability weights by cluster.
ols <- lm(end ~ hub + base + urban + fsm + pupils + sixth + ofsted, data = d)
ci <- coefci(ols, "hub", vcov. = vcovHC(ols, "HC3"), df = ols$df.residual)
out$ols_hc3 <- list(low = ci[1], high = ci[2])
wls <- lm(end ~ hub + base + urban + fsm + pupils + sixth + ofsted, data = d, weights = w)
out$wls <- list(value = unname(coef(wls)["hub"]), hc3 = sqrt(vcovHC(wls, "HC3")["hub", "hub"]))
ct <- coef_test(wls, vcov = "CR2", cluster = d$area)["hub", ]
out$wls_cr2 <- list(se = ct$SE, df = ct$df_Satt)
p <- fitted(glm(hub ~ base + urban + fsm + pupils + sixth + ofsted, data = d, family = binomial(), epsilon = 1e-14))
ipw <- lm(end ~ hub, data = d, weights = ifelse(D == 1, 1, p / (1 - p)))
ct <- coef_test(ipw, vcov = "CR2", cluster = d$area)["hub", ]
out$ipw_cr2 <- list(value = unname(coef(ipw)["hub"]), se = ct$SE, df = ct$df_Satt)

# Matching within cells, and with a caliper on one covariate in its own units.
# Inside calipers R also narrows where it looks for the variance, so that is compared with one variance for all.
match_of <- function(..., var = 2) {
  m <- Match(Y = Y, Tr = D, Weight = 2, Var.calc = var, ...)
  list(value = m$est[1], se = m$se[1], pairs = length(m$index.treated), dropped = m$ndrops)
}
exact <- colnames(X) == "urban"
for (estimand in c("ATT", "ATC", "ATE"))
  out$exact[[tolower(estimand)]] <- match_of(X = X, M = 1, estimand = estimand, exact = exact)
wide <- rep(1e6, ncol(X)); wide[colnames(X) == "fsm"] <- 2.05 / sd(X[, "fsm"])
out$caliper_fsm <- match_of(X = X, M = 1, estimand = "ATT", caliper = wide, var = 0)
for (estimand in c("ATC", "ATE"))
  out$score[[tolower(estimand)]] <- match_of(X = p, M = 3, estimand = estimand, caliper = 0.2, var = 0)
cat(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), "\n")
