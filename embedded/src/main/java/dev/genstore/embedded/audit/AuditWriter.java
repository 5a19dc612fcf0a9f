package dev.genstore.embedded.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Writes lines into a file, on a thread of its own, so that nobody waits for the disk. While that
 * takes nothing, lines wait, and are lost when they are too many; how many is said in the file as soon
 * as it takes something again, and in the log.
 *
 * <p>{@link #add} is thread-safe.
 */
final class AuditWriter {
    /** So many bytes of lines may wait. */
    static final int WAITING_BYTES_MAX = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int BATCH_BYTES = 64 << 10;
    private static final int BYTES_AROUND = 64;
    private static final long PAUSE_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final LineFile file;
    private final LongFunction<byte[]> lossLine;
    private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Trouble writing = new Trouble(
            "The audit log can't be written; its lines wait, and are lost when they become too many",
            "The audit log is written again; it says how many lines were lost");
    private final Trouble keeping = new Trouble(
            "The audit log can't be made durable or its old files not be removed; it is tried again",
            "The audit log is durable again");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("genstore-audit").unstarted(this::run);

    private long lostTold;
    private long forcedNanos;
    private long tidiedNanos;

    /**
     * A writer that is not started.
     *
     * @param lossLine the line that says how many were lost
     */
    AuditWriter(LineFile file, LongFunction<byte[]> lossLine) {
        this.file = file;
        this.lossLine = lossLine;
    }

    void start() {
        thread.start();
    }

    /** Adds a line, with its end, if there is room for it. */
    void add(byte[] line) {
        int bytes = line.length + BYTES_AROUND;
        if (waitingBytes.addAndGet(bytes) > WAITING_BYTES_MAX) {
            waitingBytes.addAndGet(-bytes);
            lost.incrementAndGet();
        } else {
            waiting.add(line);
        }
    }

    /** One more line is missing. */
    void addLost() {
        lost.incrementAndGet();
    }

    long written() {
        return written.get();
    }

    long lost() {
        return lost.get();
    }

    /** Whether what should be written can't be. */
    boolean isFailing() {
        return writing.isThere() || keeping.isThere();
    }

    private void run() {
        try {
            while (stopping.getCount() > 0 || !waiting.isEmpty()) {
                runSafely();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong with some lines, those behind them are tried. */
    private void runSafely() throws InterruptedException {
        try {
            byte[] first = waiting.poll(PAUSE_MILLIS / 4, TimeUnit.MILLISECONDS);
            if (first != null) {
                write(first);
            }
            keepHouse();
        } catch (RuntimeException | Error bug) {
            writing.met(bug);
            stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Tries until it is written, or nobody waits for that any more. */
    private void write(byte[] first) throws InterruptedException {
        var lines = new ByteArrayOutputStream();
        int count = gather(first, lines);
        boolean isLast = false;
        boolean isDone = false;
        try {
            isDone = isWritten(lines.toByteArray(), count);
            while (!isDone && !isLast) {
                isLast = stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                isDone = isWritten(lines.toByteArray(), count);
            }
        } finally {
            lost.addAndGet(isDone ? 0 : count);
            waitingBytes.addAndGet(-(lines.size() + (long) count * BYTES_AROUND));
        }
    }

    private int gather(byte[] first, ByteArrayOutputStream lines) {
        lines.writeBytes(first);
        int count = 1;
        byte[] next = waiting.peek();
        while (next != null && lines.size() + next.length <= BATCH_BYTES) {
            lines.writeBytes(next);
            waiting.remove();
            count++;
            next = waiting.peek();
        }
        return count;
    }

    private boolean isWritten(byte[] lines, int count) {
        try {
            tellLoss();
            file.append(lines);
            written.addAndGet(count);
            writing.passed();
            return true;
        } catch (IOException failure) {
            writing.met(failure);
            return false;
        }
    }

    private void tellLoss() throws IOException {
        long lostNow = lost.get();
        if (lostNow > lostTold) {
            file.append(lossLine.apply(lostNow - lostTold));
            lostTold = lostNow;
        }
    }

    /** Once a second what was written is made durable, and now and then what is too old goes. */
    private void keepHouse() {
        long nowNanos = System.nanoTime();
        if (nowNanos - forcedNanos < TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS)) {
            return;
        }
        forcedNanos = nowNanos;
        try {
            file.force();
            if (nowNanos - tidiedNanos >= TimeUnit.MINUTES.toNanos(1)) {
                tidiedNanos = nowNanos;
                file.tidy();
            }
            keeping.passed();
        } catch (IOException failure) {
            keeping.met(failure);
        }
    }

    /** Writes what waits, if that can be done, and ends. */
    void stop() {
        stopping.countDown();
        try {
            if (!thread.join(Duration.ofMillis(PATIENCE_MILLIS))) {
                thread.interrupt();
            }
            file.close();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            keeping.met(failure);
        }
        long unwritten = lost.get() - lostTold;
        if (unwritten > 0) {
            LOG.error("{} lines of the audit log were lost and it can't say so", unwritten);
        }
    }
}
