package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;

import picocli.CommandLine.Model.CommandSpec;

import java.util.concurrent.Callable;

/**
 * {@code genstore key}, which is nothing without one of its own commands. Confined to the thread that
 * uses it.
 */
final class KeyCommands implements Callable<Integer> {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("key");

    KeyCommands(SettingsReader reader) {
        spec.usageMessage()
                .description("Makes, lists and revokes API keys, while the server runs or not.")
                .footer("", "From the first key on, the server answers only those who have one.");
        Model.addExamples(
                spec, "genstore key create --name root --scopes admin", "genstore key list");
        spec.addOption(Commands.helpOption());
        spec.addSubcommand("create", new KeyCreateCommand(reader).spec());
        spec.addSubcommand("list", new KeyListCommand(reader).spec());
        spec.addSubcommand("revoke", new KeyRevokeCommand(reader).spec());
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
