package dev.genstore.hub;

/**
 * The way into a stream, for those who have not got the frames that its next one builds on: the
 * plain frames, up to where the stream begins anew. Thread-safe.
 */
final class Approach implements Source {
    private static final Run CROSSING = new Run.Crossing();

    private final FeedStream stream;

    Approach(FeedStream stream) {
        this.stream = stream;
    }

    @Override
    public Feed plain() {
        return stream.plain();
    }

    @Override
    public long from() {
        return plain().from();
    }

    /** What is in the plain window only is left for later: the stream may begin anew with it. */
    @Override
    public long end() {
        return stream.end();
    }

    /** Every stretch of the stream's window begins anew, and no other frame does. */
    @Override
    public Run read(long revision, int bytesMax) {
        return switch (stream.log().read(revision, 0)) {
            case Run.Drained drained -> drained;
            case Run.Crossing crossing -> crossing;
            case Run.Behind ignored -> plain(revision, bytesMax, stream.from());
            case Run.Frames next -> {
                boolean beginsAnew = next.first() == 0;
                long last = next.segment().lastRevision();
                next.release();
                yield beginsAnew ? CROSSING : plain(revision, bytesMax, last);
            }
        };
    }

    private Run plain(long revision, int bytesMax, long through) {
        Run run = plain().read(revision, bytesMax);
        return run instanceof Run.Frames frames ? frames.upTo(through) : run;
    }

    @Override
    public void joined() {
        stream.joined();
    }

    @Override
    public void left() {
        stream.left();
    }
}
