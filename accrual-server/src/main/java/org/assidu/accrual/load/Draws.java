package org.assidu.accrual.load;

/**
 * Random numbers that follow from a few longs alone: SplitMix64 (Steele, Lea and Flood 2014), set anew for each visit, member
 * or day, so that what one of them does never depends on the others. Logarithms are {@link StrictMath}'s: the same on every
 * machine.
 */
final class Draws {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    /** Starts the sequence of a thing: what it is, which one, and which time. */
    Draws of(long seed, Purpose purpose, long which, long time) {
        state = mix(mix(mix(mix(seed) + purpose.ordinal() + 1) ^ which * GOLDEN) + time);
        return this;
    }

    /** What a sequence is for; two purposes never share one. */
    enum Purpose {
        STORE,
        PRODUCT,
        MEMBER,
        FAVOURITE,
        ARRIVAL,
        VISIT,
        DAY,
        ANONYMOUS,
        FLYER,
        RETURN,
        CASHIER
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in 0 to bound − 1; the bias of the multiplication is below 2^-32 × bound. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Exponential with mean 1. */
    double exponential() {
        return -StrictMath.log(1 - unit());
    }

    /** 0, 1, 2… with the given mean, geometric. */
    int geometric(double mean) {
        if (mean <= 0) {
            return 0;
        }
        return (int) (StrictMath.log(1 - unit()) / StrictMath.log(mean / (1 + mean)));
    }

    /** Gamma with scale 1: Marsaglia and Tsang 2000, with their boost below shape 1. */
    double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(1 - unit(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double normal = normal();
            double root = 1 + c * normal;
            if (root > 0) {
                double v = root * root * root;
                if (StrictMath.log(1 - unit()) < normal * normal / 2 + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }

    double beta(double a, double b) {
        double x = gamma(a);
        return x / (x + gamma(b));
    }

    /** Standard normal by the polar method. */
    private double normal() {
        while (true) {
            double x = 2 * unit() - 1;
            double y = 2 * unit() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /** Index of the first cumulative weight above a uniform draw; the last weight is the sum. */
    int pick(double[] cumulative) {
        double wanted = unit() * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    static double[] cumulative(double... weights) {
        double[] sums = weights.clone();
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
        return sums;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
