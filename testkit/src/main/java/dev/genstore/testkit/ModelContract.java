package dev.genstore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.genstore.query.Place;
import dev.genstore.resource.Change;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Target;
import dev.genstore.store.CutStep;
import dev.genstore.store.KeptAnswer;
import dev.genstore.store.Ledger;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Past;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whatever is done to a storage, it looks like a {@link MemoryStorage} to which the same was done.
 *
 */
public abstract class ModelContract extends StorageContract {
    private static final int STEPS = 100;
    private static final int BATCH_MAX = 6;
    private static final List<String> COLLECTIONS = List.of("notes", "tasks", "a-b_c");
    private static final List<String> IDS = List.of("1", "2", "B", "a", "b", "~", "a.b");

    /** So few changes that some states can be had and others not. */
    private static final Past.Bounds TIGHT = new Past.Bounds(100, 4_000);

    private Chronicle written = new Chronicle();

    @RegisterExtension
    final Seed seed = new Seed();

    @RepeatedTest(12)
    void any_use_leaves_what_the_model_has() {
        var random = seed.random();
        MemoryStorage model = new MemoryDisk(random).open();
        for (int step = 0; step < STEPS; step++) {
            model = step(random, model);
            assertThat(storage.read(ModelContract::view))
                    .as("step %d", step)
                    .isEqualTo(model.read(ModelContract::view));
        }
    }

    /** Does one thing to both; returns the model, which may be another one after it. */
    private MemoryStorage step(Random random, MemoryStorage model) {
        int choice = random.nextInt(10);
        if (choice == 0) {
            reopen();
            return model.crash();
        }
        if (choice == 1) {
            trimBoth(random, model);
        } else if (choice == 2) {
            cutBoth(random, model);
        } else {
            batch(random, model);
        }
        return model;
    }

    private void trimBoth(Random random, MemoryStorage model) {
        long revision = written.head() - random.nextInt(40);
        model.ledger().begin();
        long horizon = model.ledger().trim(revision);
        model.ledger().commit();
        assertThat(trim(revision)).isEqualTo(horizon);
    }

    private void cutBoth(Random random, MemoryStorage model) {
        String collection = COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
        long after = model.read(Snapshot::horizon) + random.nextInt(10);
        long through = after + random.nextInt(40);
        int countMax = 1 + random.nextInt(6);
        long weightMax = 100L + random.nextInt(1_000);
        List<CutStep> steps = Stream.of(storage.ledger(), model.ledger())
                .map(ledger -> {
                    ledger.begin();
                    CutStep step = ledger.cut(collection, after, through, countMax, weightMax);
                    ledger.commit();
                    return step;
                })
                .toList();
        assertThat(steps.getFirst()).isEqualTo(steps.getLast());
    }

    private void batch(Random random, MemoryStorage model) {
        List<Ledger> ledgers = List.of(storage.ledger(), model.ledger());
        Chronicle begun = written.copy();
        ledgers.forEach(Ledger::begin);
        int size = 1 + random.nextInt(BATCH_MAX);
        Change.Batch batch = size > 1 && random.nextBoolean()
                ? new Change.Batch(begun.head() + 1, begun.head() + size)
                : null;
        for (int i = 0; i < size; i++) {
            append(random, begun, ledgers, batch);
        }
        keep(random, begun.head(), ledgers);
        if (random.nextInt(5) == 0) {
            ledgers.forEach(Ledger::recover);
        } else {
            ledgers.forEach(Ledger::commit);
            written = begun;
        }
    }

    /** Keeps answers and trims them, the same in both. */
    private static void keep(Random random, long head, List<Ledger> ledgers) {
        String key = IDS.get(random.nextInt(IDS.size()));
        var answer = new KeptAnswer(key, head, "request", "x".repeat(random.nextInt(300)));
        int answersMax = 1 + random.nextInt(6);
        ledgers.forEach(ledger -> ledger.keep(answer));
        List<Integer> trimmed = ledgers.stream()
                .map(ledger -> ledger.trimAnswers(head - 20, answersMax, 1_500, 2))
                .toList();
        assertThat(trimmed.getFirst()).isEqualTo(trimmed.getLast());
        for (String any : IDS) {
            assertThat(ledgers.getFirst().findAnswer(any))
                    .isEqualTo(ledgers.getLast().findAnswer(any));
        }
    }

    private static void append(
            Random random, Chronicle begun, List<Ledger> ledgers, Change.@Nullable Batch batch) {
        String collection = COLLECTIONS.get(random.nextInt(COLLECTIONS.size()));
        String id = IDS.get(random.nextInt(IDS.size()));
        if (random.nextInt(6) == 0) {
            Change unfit = unfit(begun, collection, id);
            ledgers.forEach(ledger ->
                    assertThatIllegalArgumentException().isThrownBy(() -> ledger.append(unfit)));
        } else {
            Change alone = change(random, begun, collection, id);
            Change change = batch == null ? alone : alone.in(batch);
            ledgers.forEach(ledger -> ledger.append(change));
        }
        ledgers.forEach(ledger ->
                assertThat(ledger.find(collection, id)).isEqualTo(begun.find(collection, id)));
    }

    private static Change change(Random random, Chronicle begun, String collection, String id) {
        String json = "{\"a\":" + random.nextInt() + "}";
        if (begun.find(collection, id) == null) {
            return begun.create(collection, id, json);
        }
        return random.nextInt(3) == 0
                ? begun.delete(collection, id)
                : begun.update(collection, id, json);
    }

    /** Creates what is there, or updates what is not. */
    private static Change unfit(Chronicle begun, String collection, String id) {
        Chronicle elsewhere = begun.copy();
        if (begun.find(collection, id) != null) {
            elsewhere.delete(collection, id);
            Change created = elsewhere.create(collection, id, "{}");
            return new Change(begun.head() + 1, created.timeMillis(), null, created.after(), null);
        }
        Change created = elsewhere.create(collection, id, "{}");
        return new Change(begun.head() + 1, created.timeMillis(), created.after(), null, null);
    }

    /** Everything that a snapshot tells. */
    private static List<Object> view(Snapshot snapshot) {
        List<Object> view = new ArrayList<>();
        view.add(List.of(snapshot.head(), snapshot.headMillis(), snapshot.horizon()));
        view.add(snapshot.collections("", 10));
        view.add(snapshot.state(new Target.Everything(), 0, snapshot.head(), 100, Long.MAX_VALUE));
        view.add(snapshot.log(snapshot.horizon(), 1_000, 40_000));
        for (String collection : COLLECTIONS) {
            var target = new Target.InCollection(collection);
            ListPage page = snapshot.list(
                    ListQuery.of(collection).after(Place.ofId("B")).upTo(4, Long.MAX_VALUE));
            view.add(page.resources());
            view.add(Optional.ofNullable(page.next()));
            view.add(snapshot.state(
                    target, snapshot.head() / 2, snapshot.head(), 3, Long.MAX_VALUE));
            view.add(snapshot.lastChange(target));
            IDS.forEach(id -> view.add(snapshot.lastChange(new Target.Single(collection, id))));
        }
        long span = snapshot.head() - snapshot.horizon();
        long then = snapshot.horizon() + span * (snapshot.head() % 4) / 3;
        view.addAll(past(snapshot.past(Math.min(then, snapshot.head()), TIGHT)));
        return view;
    }

    /** What an earlier state tells, or why it can't be had. */
    private static List<Object> past(Past past) {
        List<Object> view = new ArrayList<>();
        for (String collection : COLLECTIONS) {
            view.add(orProblem(() -> past.list(ListQuery.of(collection)).resources()));
            IDS.forEach(id ->
                    view.add(orProblem(() -> Optional.ofNullable(past.find(collection, id)))));
        }
        return view;
    }

    private static Object orProblem(Supplier<Object> reading) {
        try {
            return reading.get();
        } catch (Problem problem) {
            return problem.type();
        }
    }
}
