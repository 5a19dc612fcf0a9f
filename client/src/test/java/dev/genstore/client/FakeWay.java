package dev.genstore.client;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/** A transport that a test moves by hand. Confined to one thread. */
final class FakeWay implements Transport {
    final List<Opened> opened = new ArrayList<>();

    /** What was opened, the last one at the end. */
    static final class Opened implements Connection {
        private final String path;
        private final boolean refused;
        private final Ear ear;
        private boolean isClosed;
        private int asks = 1;

        Opened(String path, boolean refused, Ear ear) {
            this.path = path;
            this.refused = refused;
            this.ear = ear;
        }

        @Override
        public void more() {
            asks++;
        }

        @Override
        public void close() {
            isClosed = true;
        }

        String path() {
            return path;
        }

        boolean refused() {
            return refused;
        }

        Ear ear() {
            return ear;
        }

        boolean isClosed() {
            return isClosed;
        }

        /** How many portions it may have told. */
        int asks() {
            return asks;
        }

        void synced(String id) {
            tell("{\"type\":\"synced\",\"id\":\"" + id + "\"}");
        }

        void changed(String id) {
            tell("{\"type\":\"updated\",\"id\":\"" + id + "\",\"subject\":\"7\","
                    + "\"source\":\"/api/notes\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":{}}");
        }

        void tell(String event) {
            ear.told(List.of(Message.read(JsonMapper.shared(), event)));
        }
    }

    @Override
    public Connection open(String path, boolean refused, Ear ear) {
        var connection = new Opened(path, refused, ear);
        opened.add(connection);
        return connection;
    }

    Opened last() {
        return opened.getLast();
    }
}
