package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A server and a network in memory. What of it works is said by modes, and nothing moves until it
 * is told to. Confined to one thread.
 */
final class ModelWorld {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    final Map<String, ModelHistory> histories = new HashMap<>();
    final List<Open> connections = new ArrayList<>();
    final List<Way> ways = List.of(
            new Way("socket", 1, false), new Way("stream", 4, false), new Way("poll", 5, true));
    private final Random random;
    private final ManualTime time;
    private final ModelHistory.View view;
    private ModelHistory history;

    /** What becomes of who asks. */
    enum Mode {
        OK,
        REFUSE,
        /** Nothing is answered. */
        HANG
    }

    ModelWorld(Random random, ManualTime time, ModelHistory.View view) {
        this.random = random;
        this.time = time;
        this.view = view;
        history = goOnAs(new ModelHistory("epoch0"));
    }

    private ModelHistory goOnAs(ModelHistory next) {
        histories.put(next.epoch(), next);
        return next;
    }

    ModelHistory history() {
        return history;
    }

    /** The server comes back from a backup. */
    void restore() {
        int revision = random.nextInt(history.head() + 1);
        while (history.isInside(revision)) {
            revision--;
        }
        List.copyOf(connections).forEach(Open::cut);
        history = goOnAs(history.restored("epoch" + histories.size(), revision));
    }

    /** One of the connections, if there is any. */
    @Nullable Open pick() {
        return connections.isEmpty() ? null : connections.get(random.nextInt(connections.size()));
    }

    void heal() {
        ways.forEach(way -> way.mode = Mode.OK);
    }

    /** One way to be told. */
    final class Way implements Transport {
        final String name;
        private final int portionMax;
        private final boolean isPaged;
        Mode mode = Mode.OK;
        int asked;

        Way(String name, int portionMax, boolean isPaged) {
            this.name = name;
            this.portionMax = portionMax;
            this.isPaged = isPaged;
        }

        @Override
        public Connection open(String path, boolean refused, Ear ear) {
            asked++;
            var open = new Open(this, new ModelCursor(history, view, path), ear);
            switch (mode) {
                case OK -> connections.add(open);
                case REFUSE -> time.execute(() -> ear.ended(null));
                case HANG -> {}
            }
            return open;
        }
    }

    /** A connection, as the server has it; it tells only when it may. */
    final class Open implements Transport.Connection {
        final Way way;
        private final ModelCursor cursor;
        private final Transport.Ear ear;
        private boolean isAsked = true;
        private @Nullable ObjectNode last;

        Open(Way way, ModelCursor cursor, Transport.Ear ear) {
            this.way = way;
            this.cursor = cursor;
            this.ear = ear;
        }

        @Override
        public void more() {
            if (isAsked) {
                throw new AssertionError("asked twice for one portion");
            }
            isAsked = true;
        }

        @Override
        public void close() {
            connections.remove(this);
        }

        boolean isAsked() {
            return isAsked;
        }

        /** Tells some of what is there; whether there was anything. */
        boolean tell() {
            if (!isAsked || !connections.contains(this)) {
                return false;
            }
            var events = new ArrayList<ObjectNode>();
            int most = 1 + random.nextInt(way.portionMax);
            while (events.size() < most) {
                ObjectNode event = cursor.next(way.isPaged);
                if (event == null) {
                    break;
                }
                events.add(event);
            }
            boolean isQuiet = events.isEmpty();
            if (way.isPaged) {
                say(events, isQuiet ? Message.Type.SYNCED : Message.Type.AT);
            } else if (!isQuiet) {
                say(events, null);
            }
            return !isQuiet;
        }

        private void say(List<ObjectNode> events, Message.@Nullable Type end) {
            isAsked = false;
            var portion = new ArrayList<Message>();
            events.forEach(event -> portion.add(Message.of(event)));
            if (end != null) {
                portion.add(Message.at(end, cursor.since(), MAPPER.createObjectNode()));
            }
            last = events.isEmpty() ? last : events.getLast();
            ear.told(portion);
        }

        /** Says that it is there, where there is nothing to tell. */
        void beat() {
            if (!tell() && isAsked && connections.contains(this)) {
                say(List.of(cursor.beat()), null);
            }
        }

        /** Says something once more. */
        void repeat() {
            ObjectNode again = last;
            boolean isReset = again == null || again.path("type").asString().equals("reset");
            if (again != null && !isReset && isAsked && connections.contains(this)) {
                say(List.of(again), null);
            }
        }

        /** Leaves out an event of a resource, as far as there is one behind it that says so. */
        void lose() {
            if (!isAsked || way.isPaged || !connections.contains(this)) {
                return;
            }
            ObjectNode lost = cursor.next(false);
            ObjectNode next = lost == null ? null : cursor.next(false);
            var told = new ArrayList<ObjectNode>();
            if (lost != null && !(lost.has("subject") && next != null && next.has("subject"))) {
                told.add(lost);
            }
            if (next != null) {
                told.add(next);
            }
            if (!told.isEmpty()) {
                say(told, null);
            }
        }

        /** The client is told that it is over. */
        void cut() {
            if (connections.remove(this)) {
                ear.ended(null);
            }
        }

        /** It is over, and the client is not told. */
        void forget() {
            connections.remove(this);
        }
    }
}
