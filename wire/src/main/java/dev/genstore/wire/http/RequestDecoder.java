package dev.genstore.wire.http;

import dev.genstore.resource.Problem;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Makes requests out of the bytes of one connection. How the bytes are split does not matter, and
 * nothing of the following request is consumed.
 *
 * <pre>
 *           no body
 *         ┌────────┐
 *         ▼        │  Content-Length                        all its bytes
 * ──▶ InHead ──────┼──────────────────▶ InBody(FixedBody) ────────────────▶ InHead
 *                  │  Transfer-Encoding                     empty line
 *                  └──────────────────▶ InBody(ChunkedBody) ──────────────▶ InHead
 *
 * any ──what must be refused──▶ Refused
 * </pre>
 *
 * <p>What is refused stays refused: every further call throws the same problem. The connection must
 * be closed after the answer, because nobody knows where the next request would begin.
 *
 * <p>Confined to the event loop of its connection.
 */
public final class RequestDecoder {
    private final HttpLimits limits;
    private final ByteBudget.Share share;
    private final LineReader lines = new LineReader();
    private State state;
    private boolean wantsContinue;

    private sealed interface State {
        record InHead(HeadParser parser) implements State {}

        record InBody(Head head, BodyReader body) implements State {}

        record Refused(Problem problem) implements State {}
    }

    /**
     * A decoder at the start of a connection.
     *
     * @param share holds the body that is read; whoever takes the request gives it back
     */
    public RequestDecoder(HttpLimits limits, ByteBudget.Share share) {
        this.limits = limits;
        this.share = share;
        this.state = nextHead();
    }

    /**
     * Takes bytes of at most one request.
     *
     * @return the request when it is complete; else null, and then all of {@code in} is consumed
     * @throws Problem when the request must be refused
     */
    public @Nullable HttpRequest decode(ByteBuf in) {
        try {
            return step(in);
        } catch (Problem problem) {
            refuse(problem);
            throw problem;
        }
    }

    /** Refuses the request that is on its way and drops what came of it. */
    public void refuse(Problem problem) {
        state = new State.Refused(problem);
        wantsContinue = false;
        share.giveBack();
    }

    /** Whether no byte of the next request has come. */
    public boolean isIdle() {
        return state instanceof State.InHead(HeadParser parser) && parser.isIdle();
    }

    /**
     * Whether the client now waits for {@code 100 Continue} before it sends the body (RFC 9110,
     * 10.1.1). Says so once for a request, and not when some of the body has come already.
     */
    public boolean wantsContinue() {
        boolean wanted = wantsContinue;
        wantsContinue = false;
        return wanted;
    }

    private @Nullable HttpRequest step(ByteBuf in) {
        return switch (state) {
            case State.InHead(HeadParser parser) -> readHead(parser, in);
            case State.InBody(Head head, BodyReader body) -> readBody(head, body, in);
            case State.Refused(Problem problem) -> throw problem;
        };
    }

    private @Nullable HttpRequest readHead(HeadParser parser, ByteBuf in) {
        Head head = parser.parse(in);
        if (head == null) {
            return null;
        }
        BodyReader body = bodyOf(head);
        state = new State.InBody(head, body);
        wantsContinue = head.expectsContinue();
        return readBody(head, body, in);
    }

    private @Nullable HttpRequest readBody(Head head, BodyReader body, ByteBuf in) {
        wantsContinue &= !in.isReadable();
        Body content = body.read(in);
        if (content == null) {
            return null;
        }
        wantsContinue = false;
        state = nextHead();
        return head.with(content);
    }

    private BodyReader bodyOf(Head head) {
        return switch (head.framing()) {
            case Framing.Fixed(int lengthBytes) -> new FixedBody(lengthBytes, share);
            case Framing.Chunked() -> new ChunkedBody(limits, lines, share);
        };
    }

    private State nextHead() {
        return new State.InHead(new HeadParser(limits, lines));
    }
}
