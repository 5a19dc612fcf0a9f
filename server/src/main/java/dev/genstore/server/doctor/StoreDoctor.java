package dev.genstore.server.doctor;

import dev.genstore.sqlite.StoreState;
import dev.genstore.store.StorageException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;

/** Examines a store as far as that takes a moment. Immutable, and about the moment of its making. */
final class StoreDoctor {
    private final @Nullable StoreState state;
    private final String problem;

    StoreDoctor(Path folder) {
        StoreState found = null;
        String wrong = "";
        try {
            found = Files.exists(folder.resolve("genstore.db")) ? StoreState.of(folder) : null;
        } catch (StorageException failure) {
            wrong = String.valueOf(failure.getMessage());
        }
        state = found;
        problem = wrong;
    }

    /** Whether it has ever asked for credentials. */
    boolean wasLocked() {
        return state != null && state.wasLocked();
    }

    Finding store(PortDoctor port) {
        if (!problem.isEmpty()) {
            return Finding.bad("Store", problem);
        }
        if (state == null) {
            return Finding.good("Store", "There is none yet; a server makes it.");
        }
        if (!state.isAlone() && !port.isTaken()) {
            return Finding.bad(
                    "Store",
                    "A process has it open, or this user may not lock it, and nothing listens on "
                            + port.where()
                            + ". If that is a server, say its --port; or stop it, or choose another"
                            + " --data.");
        }
        return Finding.good("Store", found(state));
    }

    private static String found(StoreState state) {
        if (!state.isAlone()) {
            return "A server has it open; 'genstore verify' looks through it.";
        }
        return state.isOlder()
                ? "An older Genstore made it; a server brings it to the form of this version."
                : "It can be opened; 'genstore verify' looks through it.";
    }
}
