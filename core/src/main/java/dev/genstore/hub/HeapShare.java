package dev.genstore.hub;

/**
 * How much memory something may take: so many bytes, but no more than a part of what the heap may
 * have. Immutable.
 *
 * @param bytesMax where the heap is large
 * @param part 4 for a quarter of the heap
 */
record HeapShare(long bytesMax, int part) {
    /** That here and now. */
    long bytes() {
        return Math.min(bytesMax, Runtime.getRuntime().maxMemory() / part);
    }
}
