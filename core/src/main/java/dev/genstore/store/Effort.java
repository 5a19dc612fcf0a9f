package dev.genstore.store;

import dev.genstore.resource.Resource;

import java.util.List;

/**
 * How many resources are held against schemas for one batch while all writers wait, and how heavy they
 * may be. What is more has to be found out beforehand.
 *
 * <p>Confined to one transaction.
 */
final class Effort {
    private int count;
    private long weightBytes;

    Effort(int countMax, long weightMax) {
        this.count = countMax;
        this.weightBytes = weightMax;
    }

    /** How many are left. */
    int count() {
        return count;
    }

    /** How heavy they may be. */
    long weightBytes() {
        return weightBytes;
    }

    /**
     * Uses some of it.
     *
     * @throws Unsettled when that is too much
     */
    void take(List<Resource> resources) {
        long weight = resources.stream().mapToLong(Resource::weightBytes).sum();
        take(resources.size(), weight);
    }

    /**
     * Uses some of it.
     *
     * @throws Unsettled when that is too much
     */
    void take(int resources, long weight) {
        count -= resources;
        weightBytes -= weight;
        if (count < 0 || weightBytes < 0) {
            throw new Unsettled();
        }
    }
}
