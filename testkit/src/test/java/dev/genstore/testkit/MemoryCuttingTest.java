package dev.genstore.testkit;

import dev.genstore.store.Storage;

import java.util.Random;

/** {@link MemoryStorage} by {@link CuttingContract}. */
class MemoryCuttingTest extends CuttingContract {
    private final MemoryDisk disk = new MemoryDisk(new Random(1));

    @Override
    protected Storage open() {
        return disk.open();
    }
}
