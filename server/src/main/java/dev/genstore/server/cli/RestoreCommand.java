package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.sqlite.StoreCheck;
import dev.genstore.sqlite.StoreCopy;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

/** {@code genstore restore}. Confined to the thread that uses it. */
final class RestoreCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "restore",
            "Makes a store of a backup, in a folder that is empty or not there.",
            "Its positions have a new epoch, so watchers that have seen more are told to start over.",
            "The backup stays as it is.");
    private final SettingsReader reader;
    private final PositionalParamSpec backup =
            model.argument("BACKUP", "The folder of the backup, or of any other store.");
    private final StoreOptions store;

    RestoreCommand(SettingsReader reader) {
        this.reader = reader;
        store = new StoreOptions(reader, model.spec());
        model.example("genstore restore /backups/monday --data /var/lib/genstore");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Path from = reader.path(Model.required(backup));
        StoreCheck.Report report = StoreCopy.restore(from, store.folder(), new SecureRandom());
        KeyCopy.copy(from, store.folder());
        model.err()
                .println("The store in " + store.folder() + " is whole and sound: "
                        + Found.of(report));
        model.out().println(report.position());
        return ExitCode.OK;
    }
}
