package dev.genstore.server.cli;

import dev.genstore.auth.ApiKey;
import dev.genstore.server.config.SettingsReader;

import picocli.CommandLine.Model.CommandSpec;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** {@code genstore key list}: one key a line, with tabs between what is known of it. */
final class KeyListCommand implements Callable<Integer> {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("list");
    private final StoreOptions store;

    KeyListCommand(SettingsReader reader) {
        spec.usageMessage()
                .description("Lists the API keys that were made, with tabs between the columns.")
                .sortOptions(false);
        spec.addOption(Commands.helpOption());
        store = new StoreOptions(reader, spec);
        Model.addExamples(spec, "genstore key list", "genstore key list | grep -v revoked");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        List<ApiKey> keys = store.keys().list();
        out.println("ID\tSTATE\tNAME\tSCOPES\tCREATED\tEXPIRES");
        keys.forEach(key -> out.println(line(key)));
        return ExitCode.OK;
    }

    private static String line(ApiKey key) {
        return String.join(
                "\t",
                key.id(),
                state(key),
                key.name(),
                key.scopes().isEmpty() ? "-" : String.join(",", new TreeSet<>(key.scopes())),
                key.created().toString(),
                key.expires() == null ? "never" : key.expires().toString());
    }

    private static String state(ApiKey key) {
        if (key.revoked() != null) {
            return "revoked";
        }
        return key.isGoodAt(Instant.now()) ? "good" : "expired";
    }
}
