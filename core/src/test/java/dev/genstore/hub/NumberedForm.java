package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** A stream whose frames say which they are, as lines; it says how many are open, and can fail. */
final class NumberedForm implements StreamForm {
    int open;
    int opened;
    boolean fails;

    @Override
    public Framing single() {
        return Lines.FRAMING;
    }

    @Override
    public FrameStream open() {
        open++;
        opened++;
        return new Numbered();
    }

    private final class Numbered implements FrameStream {
        private int count;
        private boolean isClosed;

        @Override
        public byte[] frame(Event event, boolean anew) {
            assertThat(isClosed).isFalse();
            assertThat(count > 0 || anew).as("the first frame begins anew").isTrue();
            count++;
            if (fails) {
                throw new IllegalStateException("broken on purpose");
            }
            return ("{\"number\":%d,\"anew\":%b,".formatted(count, anew)
                            + new String(event.json(), UTF_8).substring(1) + "\n")
                    .getBytes(UTF_8);
        }

        @Override
        public void close() {
            assertThat(isClosed).as("it is closed once").isFalse();
            isClosed = true;
            open--;
        }
    }

    static boolean isOfStream(JsonNode event) {
        return event.has("number");
    }

    static boolean beginsAnew(JsonNode event) {
        return event.path("anew").asBoolean(false);
    }

    /**
     * Each of these frames of streams begins anew, or the one before it was told too.
     *
     * @param before the number of the one that was told before these
     * @return that of the last one
     */
    static int requireReadable(List<JsonNode> events, int before) {
        int last = before;
        for (JsonNode event : events.stream().filter(NumberedForm::isOfStream).toList()) {
            int number = event.get("number").asInt();
            assertThat(beginsAnew(event) || number == last + 1)
                    .as(event.toString())
                    .isTrue();
            last = number;
        }
        return last;
    }
}
