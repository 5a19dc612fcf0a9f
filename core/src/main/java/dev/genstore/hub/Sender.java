package dev.genstore.hub;

/**
 * Gives frames to the kernel, for many sockets at once and past everything that is made for one
 * socket. It never waits. Confined to one loop.
 */
public interface Sender extends AutoCloseable {
    /**
     * Offers each entry's bytes to its socket and notes how many were taken. Whatever goes wrong
     * with a socket counts as no bytes taken: who hands it the rest in the usual way finds out.
     */
    void send(Batch batch);

    @Override
    void close();
}
