package dev.genstore.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The ways to watch a URL. What is promised of watching holds for each. */
public enum FollowBy {
    WEBSOCKET {
        @Override
        Follower follow(int port, String target, String since, List<Field> headers) {
            RawSocket socket = ask(port, target, 101, upgrade(headers));
            return new WebSocketFollower(socket, since);
        }
    },
    SSE {
        @Override
        Follower follow(int port, String target, String since, List<Field> headers) {
            List<Field> fields = with(headers, new Field("Accept", "text/event-stream"));
            return new SseFollower(stream(port, target, fields), since);
        }
    },
    NDJSON {
        @Override
        Follower follow(int port, String target, String since, List<Field> headers) {
            List<Field> fields = with(headers, new Field("Accept", "application/x-ndjson"));
            return new NdjsonFollower(stream(port, target, fields), since);
        }
    },
    PAGES {
        @Override
        Follower follow(int port, String target, String since, List<Field> headers) {
            return new PageFollower(port, target, since, headers);
        }
    };

    /** What RFC 6455's example of a key is answered with. */
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final List<Field> UPGRADE = List.of(
            new Field("Connection", "Upgrade"),
            new Field("Upgrade", "websocket"),
            new Field("Sec-WebSocket-Version", "13"),
            new Field("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            new Field("Sec-WebSocket-Protocol", "cloudevents.json"));

    /** From now on. */
    public Follower follow(TestServer server, String target) {
        return follow(server.port(), target, "", List.of());
    }

    /** Behind a position, which a client has and gives as {@code since}. */
    public Follower follow(TestServer server, String target, String since) {
        return follow(server.port(), target, since);
    }

    /** Behind a position, on any server of this port. */
    public Follower follow(int port, String target, String since) {
        String mark = target.contains("?") ? "&" : "?";
        String asked = since.isEmpty() ? target : target + mark + "since=" + since;
        return follow(port, asked, since, List.of());
    }

    /** Behind a position that is given as {@code Last-Event-ID}. */
    public Follower resume(TestServer server, String target, String lastEventId) {
        return follow(
                server.port(),
                target,
                lastEventId,
                List.of(new Field("Last-Event-ID", lastEventId)));
    }

    /** From now on, with these header fields. */
    public Follower follow(int port, String target, List<Field> headers) {
        return follow(port, target, "", headers);
    }

    abstract Follower follow(int port, String target, String since, List<Field> headers);

    private static InputStream stream(int port, String target, List<Field> fields) {
        if (!Http2Requests.takes(fields)) {
            RawSocket socket = ask(port, target, 200, fields);
            return new ChunkedInput(socket.in());
        }
        HttpResponse<InputStream> answer =
                Http2Requests.begin(port, "GET", target, fields, new byte[0]);
        if (answer.statusCode() != 200) {
            throw new Follower.Refused(Http2Requests.whole(answer));
        }
        return Http2Requests.content(answer);
    }

    private static RawSocket ask(int port, String target, int status, List<Field> headers) {
        RawSocket socket = RawSocket.connect(port);
        socket.send(RawHttp.request(port, "GET", target, headers, new byte[0]));
        Answer head = socket.readHead();
        if (head.status() != status) {
            throw new Follower.Refused(socket.readBody(head, false));
        }
        if (status == 101) {
            assertThat(head.header("Sec-WebSocket-Accept")).contains(ACCEPT);
        }
        return socket;
    }

    private static List<Field> upgrade(List<Field> headers) {
        var all = new ArrayList<>(UPGRADE);
        all.addAll(headers);
        return all;
    }

    private static List<Field> with(List<Field> headers, Field more) {
        var all = new ArrayList<>(headers);
        all.add(more);
        return all;
    }
}
