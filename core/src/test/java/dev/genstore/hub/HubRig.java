package dev.genstore.hub;

import dev.genstore.changelog.Changelog;
import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Position;

import tools.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A hub with one loop, whose tasks wait until the test runs them. */
final class HubRig {
    final StoredLog stored = new StoredLog();
    final Changelog changelog = new Changelog(stored, new Changelog.Memory(64, 1 << 20));
    final List<Runnable> tasks = new ArrayList<>();
    final List<Runnable> readings = new ArrayList<>();
    final Hub hub;
    final Loop loop;
    Framing framing = Lines.FRAMING;
    Executor executor = tasks::add;
    long nowMillis;

    HubRig(Hub.Limits limits) {
        InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
        hub = new Hub(changelog, clock, limits);
        loop = new Loop(
                task -> executor.execute(task), hub, new CatchUp(changelog, clock), readings::add);
    }

    /** A client that keeps what it is told, and takes the next only when it is asked to. */
    static final class Client implements Sink {
        final List<JsonNode> told = new ArrayList<>();
        boolean isBusy;
        boolean hasFailed;

        @Override
        public void write(ByteBuffer frames, int count) {
            isBusy = true;
            told.addAll(Lines.read(frames));
        }

        @Override
        public void fail(RuntimeException cause) {
            hasFailed = true;
        }

        /** What it was told since it was last asked. */
        List<String> heard() {
            List<String> heard = Lines.brief(told);
            told.clear();
            return heard;
        }
    }

    void put(String collection, String id) {
        changelog.committed(List.of(stored.put(collection, id, "{\"n\":" + stored.head() + "}")));
    }

    void delete(String collection, String id) {
        changelog.committed(List.of(stored.delete(collection, id)));
    }

    Watcher watch(Watch watch, Start start, Client client) {
        Watcher watcher = loop.watch(watch, framing, start, client);
        watcher.begin();
        return watcher;
    }

    static Start since(String epoch, long revision) {
        return new Start.After(new Position(epoch, revision));
    }

    /** Tells everything and lets a client take it. */
    void settle(Watcher watcher, Client client) {
        while (hub.advance() || runAll(tasks) || runAll(readings) || client.isBusy) {
            take(watcher, client);
        }
    }

    /** The client takes what it was given. */
    static void take(Watcher watcher, Client client) {
        if (client.isBusy) {
            client.isBusy = false;
            watcher.written();
        }
    }

    static boolean runAll(List<Runnable> waiting) {
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
        return !due.isEmpty();
    }
}
