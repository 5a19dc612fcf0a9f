package dev.genstore.checks.simulation;

import dev.genstore.changelog.Changelog;
import dev.genstore.hub.Sink;
import dev.genstore.resource.Change;
import dev.genstore.resource.CutChange;
import dev.genstore.resource.LogEntry;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.testkit.LedgerOver;
import dev.genstore.testkit.SnapshotOver;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A bug that the simulation must find.
 *
 * @param name what it does
 * @param message what the failure must say
 * @param plants makes it, once for each simulation
 */
record PlantedBug(String name, String message, Supplier<Plant> plants) {
    /** One time in so many the bug shows. */
    private static final int SELDOM = 7;

    /** One of each kind. */
    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                        "lost in the window",
                        " was lost before ",
                        () -> new InFrames(List::removeFirst)),
                new PlantedBug(
                        "lost in the log", " was lost before ", () -> new InLog(List::removeFirst)),
                new PlantedBug(
                        "doubled in the window",
                        " was told twice",
                        () -> new InFrames(PlantedBug::repeat)),
                new PlantedBug(
                        "doubled in the log",
                        " was told twice",
                        () -> new InLog(PlantedBug::repeat)),
                new PlantedBug(
                        "swapped in the window",
                        " came out of order",
                        () -> new InFrames(PlantedBug::swap)),
                new PlantedBug(
                        "swapped in the log",
                        " came out of order",
                        () -> new InLog(PlantedBug::swap)),
                new PlantedBug(
                        "told before durable", " was told before it was durable", Early::new),
                new PlantedBug(
                        "acknowledged and forgotten",
                        " changes are durable, the storage has ",
                        Forgetful::new),
                new PlantedBug("cut and not told", " was lost ", Cut::new),
                new PlantedBug("cut too early", " should be kept by ", Hasty::new));
    }

    Plant plant() {
        return plants.get();
    }

    @Override
    public String toString() {
        return name;
    }

    private static <T> void repeat(List<T> some) {
        some.add(1, some.getFirst());
    }

    private static <T> void swap(List<T> some) {
        Collections.swap(some, 0, 1);
    }

    /** Spoils what is sent to a client. */
    private static final class InFrames extends Plant {
        private final Consumer<List<ByteBuffer>> bug;
        private int count;

        InFrames(Consumer<List<ByteBuffer>> bug) {
            this.bug = bug;
        }

        @Override
        Sink sink(Sink real) {
            return new Sink() {
                @Override
                public void write(ByteBuffer frames, int frameCount) {
                    List<ByteBuffer> split = new ArrayList<>(LengthFraming.split(frames));
                    if (split.size() > 1 && ++count % SELDOM == 0) {
                        bug.accept(split);
                    }
                    real.write(LengthFraming.join(split), split.size());
                }

                @Override
                public void fail(RuntimeException cause) {
                    real.fail(cause);
                }
            };
        }
    }

    /** Spoils what is read from the storage's log. */
    private static final class InLog extends Plant {
        private final Consumer<List<LogEntry>> bug;
        private int count;

        InLog(Consumer<List<LogEntry>> bug) {
            this.bug = bug;
        }

        @Override
        Snapshot snapshot(Snapshot real) {
            return new SnapshotOver(real) {
                @Override
                public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
                    List<LogEntry> read =
                            new ArrayList<>(super.log(afterRevision, countMax, weightMax));
                    if (read.size() > 1 && ++count % SELDOM == 0) {
                        bug.accept(read);
                    }
                    return read;
                }
            };
        }
    }

    /** Takes what is cut for a change of something else. */
    private static final class Cut extends Plant {
        @Override
        Snapshot snapshot(Snapshot real) {
            return new SnapshotOver(real) {
                @Override
                public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
                    return super.log(afterRevision, countMax, weightMax).stream()
                            .map(Cut::moved)
                            .toList();
                }
            };
        }

        private static LogEntry moved(LogEntry entry) {
            return switch (entry) {
                case Change change -> change;
                case CutChange cut ->
                    new CutChange(
                            cut.revision(),
                            cut.timeMillis(),
                            Places.ELSEWHERE,
                            "2",
                            cut.kind(),
                            cut.batch());
            };
        }
    }

    /** Counts more changes than there are. */
    private static final class Hasty extends Plant {
        @Override
        Ledger ledger(Ledger real) {
            return new LedgerOver(real) {
                @Override
                public long countWhole(String collection, long after, long through) {
                    long count = super.countWhole(collection, after, through);
                    return through == after + 1 ? count : count + 1;
                }
            };
        }
    }

    /** Publishes what is about to be committed, and not what was. */
    private static final class Early extends Plant {
        private @Nullable Changelog changelog;

        @Override
        CommitListener listener(CommitListener real) {
            changelog = (Changelog) real;
            return this::publish;
        }

        @Override
        Ledger ledger(Ledger real) {
            var appended = new ArrayList<Change>();
            return new LedgerOver(real) {
                @Override
                public void begin() {
                    appended.clear();
                    super.begin();
                }

                @Override
                public void append(Change change) {
                    super.append(change);
                    appended.add(change);
                }

                @Override
                public void commit() {
                    publish(appended);
                    super.commit();
                }
            };
        }

        private void publish(List<Change> changes) {
            Changelog log = Objects.requireNonNull(changelog);
            log.committed(changes.stream()
                    .filter(change -> change.revision() > log.head())
                    .toList());
        }
    }

    /** Says now and then that it has committed, and has not. */
    private static final class Forgetful extends Plant {
        private int count;

        @Override
        Ledger ledger(Ledger real) {
            return new LedgerOver(real) {
                @Override
                public void commit() {
                    if (++count % SELDOM == 0) {
                        super.recover();
                    } else {
                        super.commit();
                    }
                }
            };
        }
    }
}
