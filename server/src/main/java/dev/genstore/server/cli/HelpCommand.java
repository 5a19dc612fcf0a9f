package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.concurrent.Callable;

/** {@code genstore help [command]}. Confined to the thread that uses it. */
final class HelpCommand implements Callable<Integer> {
    private final CommandLine root;
    private final PositionalParamSpec command = PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("COMMAND")
            .description("The command to help with.")
            .build();

    HelpCommand(CommandLine root) {
        this.root = root;
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("help");
        spec.usageMessage().description("Shows the help of a command.");
        return spec.addPositional(command).addOption(Commands.helpOption());
    }

    @Override
    public Integer call() {
        @Nullable String name = command.getValue();
        CommandLine found = name == null ? root : root.getSubcommands().get(name);
        if (found == null) {
            throw new UsageError(Mistakes.unknownCommand(root, name));
        }
        found.usage(root.getOut());
        return ExitCode.OK;
    }
}
