package dev.genstore.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.concurrent.Callable;

/** {@code genstore help [command]}. Confined to the thread that uses it. */
final class HelpCommand implements Callable<Integer> {
    private final Model model = new Model(this, "help", "Shows the help of a command.");
    private final CommandLine root;
    private final PositionalParamSpec command =
            model.optionalArguments("COMMAND", "The command to help with.");

    HelpCommand(CommandLine root) {
        this.root = root;
        model.example("genstore help watch", "genstore help key create");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Mistakes.command(root, Model.texts(command)).usage(root.getOut());
        return ExitCode.OK;
    }
}
