package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.concurrent.Callable;

/** {@code genstore key revoke}. Confined to the thread that uses it. */
final class KeyRevokeCommand implements Callable<Integer> {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("revoke");
    private final PositionalParamSpec id = PositionalParamSpec.builder()
            .index("0")
            .type(String.class)
            .required(true)
            .paramLabel("ID")
            .description("The id of the key, as 'genstore key list' shows it.")
            .build();
    private final StoreOptions store;

    KeyRevokeCommand(SettingsReader reader) {
        spec.usageMessage()
                .description(
                        "Revokes an API key. A running server ends its watches within a second.")
                .sortOptions(false);
        spec.addPositional(id);
        spec.addOption(Commands.helpOption());
        store = new StoreOptions(reader, spec);
        Model.addExamples(
                spec,
                "genstore key revoke \"$(genstore key list | awk '$3 == \"ci\" {print $1}')\"");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        String wanted = id.getValue();
        boolean isRevoked = store.keys().revoke(wanted).isPresent();
        if (!isRevoked) {
            spec.commandLine()
                    .getErr()
                    .println("There is no such key; 'genstore key list' shows the ids.");
            return ExitCode.FAILED;
        }
        spec.commandLine().getErr().println("Key " + wanted + " is revoked.");
        return ExitCode.OK;
    }
}
