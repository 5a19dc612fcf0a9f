package dev.genstore.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

class SharedDeflaterTest {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final SharedDeflater deflater = new SharedDeflater();
    private Inflater inflater = new Inflater(true);

    @Test
    void any_inflater_reads_what_was_written_and_a_fresh_one_from_where_it_began_anew()
            throws DataFormatException {
        for (long seed = 1; seed <= 400; seed++) {
            var random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                if (random.nextInt(8) == 0) {
                    beginAnew();
                }
                byte[] message = message(random);
                assertThat(told(message)).as("seed %d, message %d", seed, i).isEqualTo(message);
            }
            beginAnew();
        }
    }

    @Test
    void repetitions_of_every_length_are_told() throws DataFormatException {
        for (int length = 1; length <= 600; length++) {
            beginAnew();
            byte[] message = new byte[length];
            new Random(length).nextBytes(message);
            assertThat(told(message)).isEqualTo(message);
            assertThat(told(message)).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100, 4_095, 4_096, 24_000, 32_763, 32_764, 32_765, 60_000})
    void repetitions_at_any_distance_are_told(int distance) throws DataFormatException {
        beginAnew();
        var random = new Random(distance);
        byte[] message = new byte[distance + 5];
        random.nextBytes(message);
        System.arraycopy(message, 0, message, distance, 5);
        assertThat(told(message)).isEqualTo(message);
    }

    @Test
    void what_resembles_the_one_before_becomes_a_fraction() {
        byte[] event = ("{\"specversion\":\"1.0\",\"id\":\"k3f9-1842\",\"source\":\"/api/notes\","
                        + "\"subject\":\"7\",\"type\":\"updated\",\"data\":{\"title\":\"Tea\"}}")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] next = event.clone();
        next[event.length - 5] = 'S';
        deflate(event);
        assertThat(deflate(next)).hasSizeLessThan(event.length / 8);
    }

    @Test
    void no_message_becomes_longer_than_was_said() {
        for (int length : new int[] {0, 1, 7, 8, 100, 70_000, 1 << 20}) {
            byte[] noise = new byte[length];
            new Random(length).nextBytes(noise);
            for (int i = 0; i < length; i++) {
                noise[i] |= (byte) 0x90; // the literals that take nine bits
            }
            assertThat(deflate(noise).length).isLessThanOrEqualTo(SharedDeflater.bytesMax(length));
        }
    }

    /** Of words, so that much is repeated, with some noise; sometimes longer than the window. */
    private static byte[] message(Random random) {
        int length = random.nextInt(50) == 0 ? random.nextInt(200_000) : random.nextInt(1_500);
        byte[] message = new byte[length];
        int alphabet = 1 + random.nextInt(256);
        int period = 1 + random.nextInt(300);
        for (int i = 0; i < length; i++) {
            boolean isNew = i < period || random.nextInt(40) == 0;
            message[i] = isNew ? (byte) random.nextInt(alphabet) : message[i - period];
        }
        return message;
    }

    private void beginAnew() {
        deflater.reset();
        inflater.end();
        inflater = new Inflater(true);
    }

    private byte[] told(byte[] message) throws DataFormatException {
        byte[] deflated = deflate(message);
        byte[] whole = Arrays.copyOf(deflated, deflated.length + TAIL.length);
        System.arraycopy(TAIL, 0, whole, deflated.length, TAIL.length);
        inflater.setInput(whole);
        byte[] inflated = new byte[message.length + 1];
        int length = inflater.inflate(inflated);
        assertThat(inflater.getRemaining()).isZero();
        return Arrays.copyOf(inflated, length);
    }

    private byte[] deflate(byte[] message) {
        byte[] room = new byte[SharedDeflater.bytesMax(message.length)];
        return Arrays.copyOf(room, deflater.deflate(message, room, 0));
    }
}
