package dev.genstore.wire.send;

import dev.genstore.hub.Batch;
import dev.genstore.hub.Sender;

import java.io.IOException;

/** A {@code send()} for each socket. Thread-safe, since it has nothing. */
final class LibcSender implements Sender {
    private LibcSender() {}

    static LibcSender open() throws IOException {
        Libc.require();
        return new LibcSender();
    }

    @Override
    public void send(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            long taken = Libc.send(batch.descriptor(i), batch.address(i), batch.lengthBytes(i));
            batch.took(i, Math.max(0, (int) taken));
        }
    }

    @Override
    public void close() {}
}
