package dev.genstore.hub;

/**
 * Frames on their way to a number of sockets at once, and what became of them. Kept in arrays, so
 * that a walk over thousands of watchers allocates nothing.
 *
 * <p>Confined to one loop.
 */
public final class Batch {
    /** How many sockets it has room for. */
    public static final int SIZE_MAX = 256;

    private final int[] descriptors = new int[SIZE_MAX];
    private final long[] addresses = new long[SIZE_MAX];
    private final int[] lengths = new int[SIZE_MAX];
    private final int[] taken = new int[SIZE_MAX];
    private int size;

    /** Adds a piece of native memory for a socket; there must be room. */
    public void add(int descriptor, long address, int lengthBytes) {
        descriptors[size] = descriptor;
        addresses[size] = address;
        lengths[size] = lengthBytes;
        size++;
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    /** The file descriptor of the socket. */
    public int descriptor(int index) {
        return descriptors[index];
    }

    /** Where in native memory the bytes are. */
    public long address(int index) {
        return addresses[index];
    }

    /** How many bytes there are. */
    public int lengthBytes(int index) {
        return lengths[index];
    }

    /** Notes how many bytes the kernel has taken: 0 up to all. */
    public void took(int index, int bytes) {
        taken[index] = bytes;
    }

    /** How many bytes the kernel has taken. */
    public int taken(int index) {
        return taken[index];
    }
}
