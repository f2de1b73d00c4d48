#include "sim/base/deterministic_math.h"

#include <cstdint>

namespace hubs {
namespace {

// Compilers' builtins rather than <cmath> and <cstring>: they are also there on a graphics card.

double from_bits(std::uint64_t bits) {
    double value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

std::uint64_t to_bits(double value) {
    std::uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    return bits;
}

template <unsigned N>
double polynomial(const double (&c)[N], double x) {
    double sum = c[N - 1];
    for (unsigned i = N - 1; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

constexpr double ln2_high = 6.93147180369123816490e-01;
constexpr double ln2_low = 1.90821492927058770002e-10;

}  // namespace

double exponential(double x) {
    if (x < -708.0) return 0.0;
    if (x > 709.0) x = 709.0;
    const double k = __builtin_floor(x * 1.44269504088896338700 + 0.5);
    const double r = (x - k * ln2_high) - k * ln2_low;  // |r| <= ln2 / 2
    // The series to the 13th power, in pairs of pairs: short chains run side by side.
    static constexpr double c[] = {1.0 / 2,     1.0 / 6,      1.0 / 24,      1.0 / 120,      1.0 / 720,       1.0 / 5040,
                                   1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800.0};
    const double r2 = r * r, r4 = r2 * r2;
    const double low = (c[0] + c[1] * r) + (c[2] + c[3] * r) * r2;
    const double middle = (c[4] + c[5] * r) + (c[6] + c[7] * r) * r2;
    const double high = (c[8] + c[9] * r) + (c[10] + c[11] * r) * r2;
    const double sum = 1.0 + (r + r2 * (low + r4 * (middle + r4 * high)));
    return sum * from_bits(static_cast<std::uint64_t>(static_cast<std::int64_t>(k) + 1023) << 52);
}

double natural_log(double x) {
    int extra = 0;
    if (x < 2.2250738585072014e-308) {  // lift a subnormal into the normal range
        x *= 18014398509481984.0;
        extra = -54;
    }
    std::uint64_t bits = to_bits(x);
    int k = static_cast<int>(bits >> 52) - 1023 + extra;
    double m = from_bits((bits & 0x000fffffffffffffull) | 0x3ff0000000000000ull);
    if (m > 1.41421356237309504880) {
        m *= 0.5;
        k += 1;
    }
    const double s = (m - 1.0) / (m + 1.0);  // |s| <= 0.1716
    const double q = s * s;
    static constexpr double odd[] = {0.0, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23};
    const double sum = polynomial(odd, q);
    return k * ln2_high + (2.0 * s * (1.0 + sum) + k * ln2_low);
}

double normal_quantile(double p) {
    static constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                   4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static constexpr double b[] = {1.0,
                                   4.2313330701600911252e+1,
                                   6.8718700749205790830e+2,
                                   5.3941960214247511077e+3,
                                   2.1213794301586595867e+4,
                                   3.9307895800092710610e+4,
                                   2.8729085735721942674e+4,
                                   5.2264952788528545610e+3};
    static constexpr double c[] = {1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
                                   1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr double d[] = {1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
    static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
                                   2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr double f[] = {1.0,
                                   5.99832206555887937690e-1,
                                   1.36929880922735805310e-1,
                                   1.48753612908506148525e-2,
                                   7.86869131145613259100e-4,
                                   1.84631831751005468180e-5,
                                   1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};
    const double q = p - 0.5;
    if (__builtin_fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    double r = __builtin_sqrt(-natural_log(q < 0.0 ? p : 1.0 - p));
    if (r <= 5.0) {
        r -= 1.6;
        r = polynomial(c, r) / polynomial(d, r);
    } else {
        r -= 5.0;
        r = polynomial(e, r) / polynomial(f, r);
    }
    return q < 0.0 ? -r : r;
}

double normal_cdf(double x) {
    static constexpr double b[] = {0.0, 0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429};
    const double size = __builtin_fabs(x), t = 1.0 / (1.0 + 0.2316419 * size);
    const double tail = 0.3989422804014327 * exponential(-0.5 * size * size) * polynomial(b, t);
    return x < 0.0 ? tail : 1.0 - tail;
}

}  // namespace hubs
