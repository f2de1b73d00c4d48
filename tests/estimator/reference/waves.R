# Numbers that tests/estimator/waves_test.cpp compares with: group-time effects (Callaway and Sant'Anna 2021), written
# out cell by cell. Makes the panel too. Run where R is to be had:  Rscript waves.R > waves.json
suppressPackageStartupMessages(library(jsonlite))
set.seed(20261128)
units <- 240
u <- data.frame(unit = sprintf("s%03d", seq_len(units)), area = sample(1:30, units, TRUE))
u$x <- round(rnorm(units), 2)
u$joined <- sample(c(2018, 2019, 2020, 2022, 2030, NA), units, TRUE, c(.05, .2, .25, .2, .1, .2))
area <- rnorm(30, 0, .4)
long <- do.call(rbind, lapply(2018:2023, function(t) {
  since <- ifelse(is.na(u$joined), -1, t - u$joined)
  y <- 2 + .3 * (t - 2018) + u$x * (1 + .1 * (t - 2018)) + area[u$area] * (t - 2018) / 3 + ifelse(since >= 0, .5 + .2 * since, 0) + rnorm(units, 0, .5)
  data.frame(unit = u$unit, area = u$area, year = t, joined = u$joined, x = u$x, y = round(y, 3))
}))
long <- long[-sample(nrow(long), 60), ]                       # some returns are missing
long <- long[sample(nrow(long)), ]
write.csv(long, "waves.csv", row.names = FALSE, na = "", quote = FALSE)

times <- 2018:2023
Y <- matrix(NA, units, 6); Y[cbind(match(long$unit, u$unit), match(long$year, times))] <- long$y
G <- ifelse(is.na(u$joined) | u$joined > 2023, Inf, u$joined)
size <- table(G[is.finite(G) & G > 2018])
se <- function(f) sqrt(sum(tapply(f, u$area, sum)^2))  # without a factor for few clusters
cells <- list()
for (g in as.numeric(names(size))) for (t in times[-1]) {
  base <- if (t < g) t - 1 else g - 1
  d <- Y[, match(t, times)] - Y[, match(base, times)]
  ok <- !is.na(d) & G > 2018
  D <- ok & G == g
  C <- ok & G != g & G > max(t, base)
  if (sum(D) < 2 || sum(C) < 2) next
  f <- numeric(units)
  f[D] <- (d[D] - mean(d[D])) / sum(D)
  f[C] <- -(d[C] - mean(d[C])) / sum(C)
  Z <- cbind(1, u$x); r <- D | C
  p <- fitted(glm(as.numeric(D[r]) ~ u$x[r], family = binomial(), epsilon = 1e-14))
  b <- coef(lm(d[C] ~ u$x[C]))
  left <- d[r] - drop(Z[r, ] %*% b)
  odds <- ifelse(D[r], 0, p / (1 - p))
  dr <- sum(left[D[r]]) / sum(D) - sum(odds * left) / sum(odds)   # equation 2.4: odds over their own sum
  # its error from stacked estimating equations, with the derivative taken numerically
  Zr <- Z[r, ]; Dr <- as.numeric(D[r]); dr_d <- d[r]
  psi <- function(v) {
    pr <- plogis(drop(Zr %*% v[1:2])); o <- pr / (1 - pr); l <- dr_d - drop(Zr %*% v[3:4])
    cbind((Dr - pr) * Zr, (1 - Dr) * l * Zr, (1 - Dr) * o * (l - v[5]), Dr * (l - v[5] - v[6]))
  }
  m0 <- sum(odds * left) / sum(odds)
  v <- c(unname(coef(glm(Dr ~ u$x[r], family = binomial(), epsilon = 1e-14))), unname(b), m0, dr)
  A <- sapply(1:6, function(j) { h <- 1e-6 * max(1, abs(v[j])); up <- v; up[j] <- up[j] + h; dn <- v; dn[j] <- dn[j] - h
    (colSums(psi(up)) - colSums(psi(dn))) / (2 * h) })
  parts <- rowsum(psi(v), u$area[r]) %*% t(solve(A))
  drse <- sqrt(sum(parts[, 6]^2))
  cells[[length(cells) + 1]] <- list(g = g, t = t, att = mean(d[D]) - mean(d[C]), f = f, n = c(sum(D), sum(C)), dr = dr, drse = drse)
}
average <- function(which, share) {
  n <- sapply(which, function(c) size[[as.character(c$g)]]); w <- share * n / sum(share * n)
  value <- sum(w * sapply(which, function(c) c$att))
  f <- Reduce(`+`, Map(function(c, k) k * c$f, which, w))
  for (k in seq_along(which)) f <- f + (G == which[[k]]$g) * share[k] / sum(share * n) * (which[[k]]$att - value)
  list(value = value, se = se(f))
}
events <- sort(unique(sapply(cells, function(c) c$t - c$g)))
out <- list(version = as.character(getRversion()),
  cells = lapply(cells, function(c) list(g = c$g, t = c$t, value = c$att, se = se(c$f), treated = c$n[1], controls = c$n[2], dr = unname(c$dr), dr_se = c$drse)),
  events = lapply(events, function(e) c(list(since = e), average(Filter(function(c) c$t - c$g == e, cells), rep(1, sum(sapply(cells, function(c) c$t - c$g == e)))))))
post <- Filter(function(c) c$t >= c$g, cells)
out$overall <- average(post, sapply(post, function(c) 1 / sum(sapply(post, function(d) d$g == c$g))))
cat(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), "\n")
