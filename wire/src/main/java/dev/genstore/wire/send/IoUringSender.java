package dev.genstore.wire.send;

import dev.genstore.hub.Batch;
import dev.genstore.hub.Sender;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/**
 * A batch of sends in one system call.
 *
 * <p>A send that may not wait is done while it is submitted, so its completion is there when the call
 * returns, and a batch never leaves anything in the ring. Since the ring has room for a whole batch of
 * completions, none can overflow.
 *
 * <p>Confined to the thread that opens it.
 */
final class IoUringSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(IoUringSender.class);

    private static final int RING_SIZE_MIN = 8;

    private final Ring ring;
    private final LibcSender oneByOne;

    /** Where the next batch begins. */
    private int submitTail;

    /** Up to where completions were read. */
    private int completeHead;

    private boolean hasWarned;

    private IoUringSender(Ring ring, LibcSender oneByOne) {
        this.ring = ring;
        this.oneByOne = oneByOne;
    }

    static IoUringSender open() throws IOException {
        LibcSender oneByOne = LibcSender.open();
        return new IoUringSender(Ring.open(Batch.SIZE_MAX), oneByOne);
    }

    /** A ring pays when it saves many system calls; for a few it costs more than they do. */
    @Override
    public void send(Batch batch) {
        if (batch.size() < RING_SIZE_MIN) {
            oneByOne.send(batch);
        } else {
            sendByRing(batch);
        }
    }

    private void sendByRing(Batch batch) {
        int start = submitTail;
        submit(batch);
        int waiting = batch.size();
        while (waiting > 0) {
            int errno = ring.enter(submitTail - ring.submitHead(), waiting);
            waiting -= collect(batch, start);
            if (errno != 0 && errno != Errno.EINTR) {
                waiting -= withdraw(batch, start, errno);
                requireNone(waiting, errno);
            }
        }
    }

    private void submit(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            ring.write(submitTail + i, batch.descriptor(i), batch.address(i), batch.lengthBytes(i));
        }
        submitTail += batch.size();
        ring.submitTail(submitTail);
    }

    /** Notes what was completed, and how many that are. */
    private int collect(Batch batch, int start) {
        int from = completeHead;
        int tail = ring.completeTail();
        for (; completeHead != tail; completeHead++) {
            int taken = ring.completedResult(completeHead);
            batch.took(ring.completedEntry(completeHead, start), Math.max(0, taken));
        }
        ring.completeHead(completeHead);
        return completeHead - from;
    }

    /** Takes back what the kernel did not want, such as when it has no memory, and how many these are. */
    private int withdraw(Batch batch, int start, int errno) {
        int head = ring.submitHead();
        int withdrawn = submitTail - head;
        for (int position = head; position != submitTail; position++) {
            batch.took(position - start, 0);
        }
        submitTail = head;
        ring.submitTail(head);
        warnOnce(errno);
        return withdrawn;
    }

    private void warnOnce(int errno) {
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn("io_uring takes nothing ({}): slower ways are used", Errno.name(errno));
        }
    }

    /** Without knowing what was taken, nobody could go on with these sockets. */
    private static void requireNone(int waiting, int errno) {
        if (waiting > 0) {
            throw new IllegalStateException(
                    waiting + " sends were not completed (" + Errno.name(errno) + ")");
        }
    }

    @Override
    public void close() {
        ring.close();
    }
}
