package dev.genstore.checks.crash;

import dev.genstore.store.CommitListener;
import dev.genstore.store.Ledger;
import dev.genstore.store.Snapshot;
import dev.genstore.store.Storage;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A storage with a planted bug. As thread-safe as the storage that it is made of. */
final class FaultyStorage implements Storage {
    private final Storage sound;
    private final Fault fault;
    private final FaultyLedger ledger;

    FaultyStorage(Storage sound, Fault fault) {
        this.sound = sound;
        this.fault = fault;
        this.ledger = new FaultyLedger(sound.ledger(), fault);
    }

    /** Who is told early, where that is the fault. */
    void tell(CommitListener listener) {
        ledger.tell(listener);
    }

    @Override
    public String epoch() {
        return sound.epoch();
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        return sound.read(snapshot -> reading.apply(faulty(snapshot)));
    }

    @Override
    public void close() {
        sound.close();
    }

    /** The snapshot, but for the changes that it tells. */
    private Snapshot faulty(Snapshot snapshot) {
        return (Snapshot) Proxy.newProxyInstance(
                Snapshot.class.getClassLoader(),
                new Class<?>[] {Snapshot.class},
                (proxy, method, arguments) -> answer(snapshot, method, arguments));
    }

    private @Nullable Object answer(Snapshot snapshot, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            Object answer = method.invoke(snapshot, arguments);
            return method.getName().equals("changes") ? faulty((List<?>) answer) : answer;
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private List<?> faulty(List<?> sound) {
        var changes = new ArrayList<Object>(sound);
        int middle = changes.size() / 2;
        if (middle == 0) {
            return changes;
        }
        switch (fault) {
            case LOSES_EVENT -> changes.remove(middle - 1);
            case DOUBLES_EVENT -> changes.add(middle, changes.get(middle));
            case SWAPS_EVENTS -> Collections.swap(changes, middle - 1, middle);
            case TELLS_EARLY, ANSWERS_EARLY -> {}
        }
        return changes;
    }
}
