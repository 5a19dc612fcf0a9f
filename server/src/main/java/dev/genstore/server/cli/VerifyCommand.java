package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.sqlite.StoreCheck;

import picocli.CommandLine.Model.CommandSpec;

import java.util.concurrent.Callable;

/** {@code genstore verify}. Confined to the thread that uses it. */
final class VerifyCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "verify",
            "Looks through a store or a backup for damage and says where it is.",
            "It sees all checksums, whether log and resources belong together, the API keys, and the"
                    + " database's own structure. It changes nothing; a server may run meanwhile.");
    private final StoreOptions store;

    VerifyCommand(SettingsReader reader) {
        store = new StoreOptions(reader, model.spec());
        model.example(
                "genstore verify --data /var/lib/genstore",
                "genstore verify --data /backups/monday");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        StoreCheck.Report report = StoreCheck.of(store.folder());
        int keys = store.keys().list().size();
        if (!report.isSound()) {
            report.damage().forEach(model.out()::println);
            throw new CommandFailure("The store in " + store.folder() + " is damaged: "
                    + report.damage().size() + " findings. Restore a backup: genstore restore.");
        }
        model.out()
                .println("The store in " + store.folder() + " is sound: " + Found.of(report)
                        + " It has " + keys + " API keys.");
        if (!report.isAlone()) {
            model.err()
                    .println(
                            "A server has it open, or this user may not lock it; its write-ahead log is looked"
                                    + " at when it can be locked.");
        }
        return ExitCode.OK;
    }
}
