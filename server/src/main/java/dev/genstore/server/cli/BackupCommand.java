package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.sqlite.StoreCheck;
import dev.genstore.sqlite.StoreCopy;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code genstore backup}. Confined to the thread that uses it. */
final class BackupCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "backup",
            "Copies a store into a new folder, while its server runs or not.",
            "The copy is the state of one moment. It is looked through before it is called a backup.");
    private final SettingsReader reader;
    private final PositionalParamSpec backup =
            model.argument("BACKUP", "The folder of the backup; it must be empty or not there.");
    private final StoreOptions store;

    BackupCommand(SettingsReader reader) {
        this.reader = reader;
        store = new StoreOptions(reader, model.spec());
        model.example(
                "genstore backup /backups/monday",
                "genstore backup /backups/tuesday --data /srv/notes");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Path to = reader.path(Model.required(backup));
        StoreCheck.Report report = StoreCopy.backUp(store.folder(), to);
        KeyCopy.copy(store.folder(), to);
        model.err().println("The backup in " + to + " is whole and sound: " + Found.of(report));
        model.out().println(report.position());
        return ExitCode.OK;
    }
}
