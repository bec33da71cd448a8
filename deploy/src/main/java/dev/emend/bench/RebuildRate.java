package dev.emend.bench;

/**
 * How fast a weight is rebuilt.
 *
 * @param rank terms added
 * @param threads threads that added them
 * @param gigabytesPerSecond bytes of the weight, read and written once, by the time it took
 * @param gigaflops multiplications and additions by the time it took, in 10^9
 * @param shareOfCopy as a share of copying the weight with as many threads
 * @param shareOfGemm as a share of the tensor engine's 32-bit matrix product on all threads
 */
public record RebuildRate(
    int rank,
    int threads,
    double gigabytesPerSecond,
    double gigaflops,
    double shareOfCopy,
    double shareOfGemm) {}
