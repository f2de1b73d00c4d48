#pragma once

namespace hubs {

/// exp, log and the normal quantile from +, -, *, / and sqrt alone, so that every
/// machine, compiler and WebAssembly returns the same bits. Relative error below 1e-12
/// against libm on the ranges the model uses (tests/base/deterministic_math_test.cpp).

double exponential(double x);      ///< e^x; 0 below -708, largest finite above 709
double natural_log(double x);      ///< ln x for x > 0
double normal_quantile(double p);  ///< inverse of the standard normal distribution, 0 < p < 1
                                   ///< (Wichura 1988, algorithm AS 241)
double normal_cdf(double x);       ///< standard normal distribution function; absolute error below 1e-7
                                   ///< (Abramowitz and Stegun 1964, 26.2.17)

}  // namespace hubs
