package dev.genstore.checks.simulation;

import dev.genstore.changelog.Changelog;
import dev.genstore.hub.CatchUp;
import dev.genstore.hub.Hub;
import dev.genstore.hub.Loop;
import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Problem;
import dev.genstore.store.AnswerRetention;
import dev.genstore.store.CommitMeter;
import dev.genstore.store.SchemaReader;
import dev.genstore.store.StorageException;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The real parts, put together as the program does it, from one start to the crash that ends it. */
final class Node {
    private static final int WAITING_MAX = 40;

    final ObservedStorage storage;
    final Changelog changelog;
    final Writer writer;
    final Hub hub;
    final CatchUp catchUp;
    final LengthFraming framing;
    final LengthForm form;
    final TaskQueue readers = new TaskQueue();
    final List<LoopThread> loops;

    /** Those that are open. */
    final List<Connection> connections = new ArrayList<>();

    private final World world;

    Node(World world, ObservedStorage storage) {
        this.world = world;
        this.storage = storage;
        InstantSource clock = world.watchedClock();
        Setting setting = world.setting;
        changelog = new Changelog(storage, setting.memory());
        writer = new Writer(
                storage,
                new WriterSetup(
                        setting.retention(),
                        AnswerRetention.DEFAULT,
                        WAITING_MAX,
                        setting.batchMax(),
                        clock,
                        world.plant.listener(changelog),
                        CommitMeter.NONE,
                        SchemaReader.NONE,
                        RuleCompiler.NONE));
        hub = new Hub(changelog, clock, setting.limits());
        catchUp = new CatchUp(changelog, clock);
        framing = new LengthFraming(world.stage);
        form = new LengthForm(world, framing);
        loops = Stream.generate(this::loop).limit(setting.loops()).toList();
    }

    private LoopThread loop() {
        var tasks = new TaskQueue();
        var kernel = new Kernel();
        var sending = new Loop.Sending(() -> kernel, events -> {});
        return new LoopThread(tasks, new Loop(tasks, hub, catchUp, readers, sending), kernel);
    }

    boolean commit() {
        if (!world.stage.isFree(Stage.WRITER)) {
            return false;
        }
        world.trace.add("the writer commits what waits");
        world.stage.run(Stage.WRITER, writer::commitWaiting);
        world.trace.add("durable: " + world.history.head() + ", published: " + changelog.head());
        return true;
    }

    boolean advance() {
        if (!world.stage.isFree(Stage.HUB) || hub.through() == hub.head()) {
            return false;
        }
        world.trace.add("the hub advances");
        world.stage.run(Stage.HUB, () -> quietly(hub::advance));
        world.trace.add("the hub is at " + hub.through());
        return true;
    }

    boolean tidy() {
        if (!world.stage.isFree(Stage.HUB) || !world.stage.isUnlocked()) {
            return false;
        }
        world.trace.add("the hub forgets what is unused");
        world.stage.runLocked(Stage.HUB, hub::forgetUnused);
        return true;
    }

    boolean sweep() {
        LoopThread thread = world.dice.pick(loops);
        if (!world.stage.isFree(thread)) {
            return false;
        }
        sweep(thread);
        return true;
    }

    /** All loops look after their watchers. */
    void sweepAll() {
        loops.forEach(this::sweep);
    }

    private void sweep(LoopThread thread) {
        world.trace.add("a loop looks for silence");
        world.stage.run(thread, thread.loop()::sweep);
    }

    boolean loopTask() {
        for (LoopThread thread : loops) {
            if (!thread.tasks().isEmpty() && world.stage.isFree(thread)) {
                world.trace.add("a loop runs a task");
                world.stage.run(thread, thread.tasks().takeFirst());
                return true;
            }
        }
        return false;
    }

    boolean readerTask() {
        if (readers.isEmpty()) {
            return false;
        }
        world.trace.add("a reader reads");
        Runnable task = readers.takeAny(world.dice);
        world.stage.run(task, task);
        return true;
    }

    /** What the storage is planned to refuse is tried again later. */
    boolean quietly(Runnable work) {
        try {
            work.run();
            return true;
        } catch (StorageException | Problem planned) {
            world.trace.add("failed: " + planned.getMessage());
            return false;
        }
    }
}
